"""Keys of reports in, what people read for them in Vietnamese out (service/wording.py passes them on)."""

from __future__ import annotations

REPORTS_BY = {
    "unit": "Đơn vị được giao",
    "assigner": "Cấp giao nhiệm vụ",
    "field": "Lĩnh vực nhiệm vụ",
    "source": "Nguồn nhiệm vụ",
    "document": "Văn bản giao",
    "all": "Toàn bộ",
}

PERIODS = {
    "week": "Tuần",
    "month": "Tháng",
    "quarter": "Quý",
    "half": "6 tháng",
    "year": "Năm",
    "days": "Từ ngày đến ngày",
}

REPORT_COLUMNS = {
    "total": "Tổng số",
    "done": "Đã hoàn thành",
    "open": "Đang thực hiện",
    "on_time": "Hoàn thành đúng hạn",
    "late": "Hoàn thành quá hạn",
    "in_time": "Đang thực hiện, trong hạn",
    "overdue": "Đang thực hiện, quá hạn",
    "no_deadline_done": "Hoàn thành, không có hạn",
    "no_deadline_open": "Đang thực hiện, không có hạn",
    "paused": "Đang tạm dừng",
    "updated": "Mới cập nhật",
    "given": "Giao mới",
    "completion_rate": "Tỷ lệ hoàn thành",
    "on_time_rate": "Tỷ lệ đúng hạn",
    "update_rate": "Tỷ lệ cập nhật",
}

WRONG_PERIODS = {
    "future": "Ngày chốt số liệu không thể ở tương lai.",
    "years": "Ngày phải nằm trong các năm từ 2000 đến 2099.",
    "order": "Ngày đầu kỳ phải trước ngày cuối kỳ.",
}
