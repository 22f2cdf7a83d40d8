"""Keys of the review desk in, what people read for them in Vietnamese out: people, decisions, messages."""

from __future__ import annotations

ROLES = {
    "clerk": "Văn thư",
    "reviewer": "Người rà soát",
    "monitor": "Theo dõi, đôn đốc",
    "unit": "Đơn vị thực hiện",
    "leader": "Lãnh đạo",
    "administrator": "Người quản trị",
}

STATUSES = {"proposed": "chờ", "approved": "đã nhận", "rejected": "đã bỏ"}

REVIEWS = {"extracted": "Chờ rà soát", "reviewed": "Đã rà soát", "filed": "Đã vào sổ", "joined": "Đã ghép"}

CHANGES = {
    "accept": "Nhận",
    "edit": "Sửa",
    "reject": "Bỏ",
    "split": "Tách",
    "merge": "Gộp",
    "add": "Thêm nhiệm vụ bị sót",
    "reopen": "Xem lại",
    "alike": "Sửa các nhiệm vụ giống vậy",
    "bulk": "Nhận hàng loạt",
    "undo": "Hoàn tác",
    "join": "Ghép với văn bản trùng",
    "part": "Tách khỏi văn bản trùng",
    "follow": "Gợi ý lại lĩnh vực theo việc đã sửa",
}

ACTIONS = CHANGES | {
    "accept_unseen": "Tự nhận, chưa ai xem",
    "assign": "Giao người rà soát",
    "budget": "Đặt ngân sách sai sót",
    "budget_stopped": "Ngừng tự nhận",
    "unassign": "Trả về hộp việc",
    "confirm": "Xác nhận không giao việc",
    "file": "Vào sổ",
    "identity_bound": "Gắn với máy chủ đăng nhập chung",
    "identity_released": "Gỡ khỏi máy chủ đăng nhập chung",
    "keep_apart": "Xác nhận hai văn bản khác nhau",
    "login": "Đăng nhập",
    "login_refused": "Không cho đăng nhập",
    "office_day": "Thêm ngày nghỉ, ngày làm việc",
    "office_day_removed": "Bỏ ngày nghỉ, ngày làm việc riêng",
    "letter_packed": "Đóng gói công văn đôn đốc",
    "letter_template": "Đổi mẫu công văn đôn đốc",
    "letter_template_reset": "Dùng lại mẫu công văn có sẵn",
    "mail_resent": "Gửi lại thư nhắc việc",
    "unit_address": "Đổi địa chỉ thư của đơn vị",
    "inspection_plan": "Lập cuộc kiểm tra",
    "inspection_amend": "Sửa kế hoạch kiểm tra",
    "inspection_choose": "Chọn nhiệm vụ kiểm tra",
    "inspection_start": "Bắt đầu kiểm tra",
    "inspection_draft": "Lưu dự thảo kết luận",
    "inspection_conclude": "Kết luận kiểm tra",
    "inspection_follow_up": "Giao việc sau kiểm tra",
    "inspection_close": "Kết thúc theo dõi cuộc kiểm tra",
    "inspection_cancel": "Hủy cuộc kiểm tra",
    "finding": "Ghi kết quả kiểm tra",
    "measure": "Ghi biện pháp",
    "measure_settled": "Ghi trả lời về biện pháp",
    "measure_withdrawn": "Rút lại biện pháp",
    "password": "Đổi mật khẩu",
    "purge": "Xóa hẳn",
    "released": "Cho đọc lại tệp lỗi",
    "restrict": "Đổi mức được xem",
    "second_look": "Xem lại lần hai",
    "token": "Cấp mã truy cập",
    "token_revoked": "Thu hồi mã truy cập",
    "feed": "Cấp địa chỉ lịch",
    "feed_revoked": "Thu hồi địa chỉ lịch",
    "user_add": "Thêm người dùng",
    "user_change": "Sửa người dùng",
    "user_reset": "Đặt lại mật khẩu",
    "webhook": "Thêm địa chỉ báo tin",
    "webhook_removed": "Bỏ địa chỉ báo tin",
    "webhook_resent": "Gửi lại tin",
    "webhook_switched": "Tắt, bật địa chỉ báo tin",
    "webhook_test": "Gửi tin thử",
}

AUDITED = {
    "text": "Lời văn",
    "leads": "Chủ trì",
    "cooperators": "Phối hợp",
    "deadline": "Thời hạn",
    "output": "Sản phẩm",
    "nature": "Tính chất",
    "field": "Lĩnh vực",
    "evidence": "Chỗ chứng minh",
    "status": "Trạng thái",
    "reason": "Lý do",
    "review": "Văn bản",
    "assignee": "Người rà soát",
    "clearance": "Mức được xem",
    "name": "Tên",
    "login": "Tên đăng nhập",
    "identity": "Tên ở máy chủ đăng nhập chung",
    "issuer": "Máy chủ đăng nhập chung",
    "subject": "Mã người dùng ở đó",
    "why": "Lý do",
    "role": "Vai trò",
    "units": "Đơn vị",
    "unit_keys": "Tên đơn vị",
    "active": "Được đăng nhập",
    "scopes": "Quyền",
    "failure": "Lý do lỗi",
    "count": "Số tệp",
    "sha256": "SHA-256",
    "url": "Địa chỉ",
    "events": "Báo khi",
    "switched_on": "Đang bật",
    "address": "Địa chỉ thư",
    "day": "Ngày",
    "working": "Là ngày làm việc",
    "note": "Ghi chú",
    "title": "Tên cuộc kiểm tra",
    "state": "Trạng thái",
    "inspection": "Cuộc kiểm tra",
    "measure": "Biện pháp",
    "result": "Kết quả",
    "duties": "Nhiệm vụ",
    "wrong_share": "Tỷ lệ sai được phép",
    "audit_share": "Tỷ lệ giữ lại kiểm tra",
    "threshold": "Ngưỡng",
    "models": "Mô hình",
    "stopped": "Tự dừng vì",
}

RIGHTS = {
    "read": "Xem",
    "upload": "Gửi văn bản",
    "review": "Rà soát",
    "file": "Vào sổ",
    "assign": "Giao việc rà soát",
    "report": "Báo cáo việc của đơn vị",
    "follow": "Theo dõi, xác nhận",
    "decide": "Quyết định khi được trình",
    "export": "Xuất bảng",
    "webhooks": "Báo cho phần mềm khác",
    "audit": "Xem nhật ký",
    "users": "Quản lý người dùng",
    "purge": "Xóa hẳn văn bản",
}

LOGIN_PROBLEMS = {
    "expired": "Lần đăng nhập này đã hết hạn hoặc đã dùng rồi. Hãy bắt đầu lại.",
    "denied": "Máy chủ đăng nhập chung không cho đăng nhập.",
    "away": "Máy chủ đăng nhập chung không trả lời. Hãy thử lại sau ít phút.",
    "distrusted": "Câu trả lời của máy chủ đăng nhập chung không hợp lệ. Hãy báo người quản trị.",
    "unknown": "Tài khoản này chưa được dùng ở đây. Hãy báo người quản trị.",
    "locked": "Tài khoản đã bị khóa. Hãy báo người quản trị.",
    "bound": "Tên này đã gắn với một người khác ở máy chủ đăng nhập chung. Hãy báo người quản trị.",
    "taken": "Đã có tài khoản cùng tên, chưa nối với máy chủ đăng nhập chung. Hãy báo người quản trị.",
    "elsewhere": "Tài khoản này đăng nhập qua máy chủ đăng nhập chung, không bằng mật khẩu.",
    "stays": "Máy chủ đăng nhập chung không có chỗ đăng xuất. Hãy đóng trình duyệt.",
}

EVENTS = {
    "document.read": "Đọc xong văn bản",
    "document.reviewed": "Rà soát xong văn bản",
    "document.filed": "Văn bản vào sổ",
    "task.changed": "Nhiệm vụ thay đổi",
    "budget.stopped": "Tự nhận nhiệm vụ đã dừng",
    "test": "Tin thử",
}

DELIVERIES = {
    "waiting": "đang chờ gửi",
    "done": "đã đến nơi",
    "failed": "không gửi được",
    "skipped": "không gửi: người nhận không được xem",
}

DELIVERY_FAULTS = {
    "form": "địa chỉ không đúng",
    "scheme": "cần địa chỉ http:// hoặc https://, không kèm tên và mật khẩu",
    "name": "không tìm thấy máy nào tên này",
    "private": "địa chỉ nội bộ: người quản trị máy chủ chưa cho phép gửi vào bên trong mạng",
    "silent": "máy kia không trả lời",
}

REASONS = {
    "result": "Kể kết quả đã làm",
    "general": "Chức năng, nhiệm vụ chung",
    "recital": "Căn cứ, viện dẫn",
    "duplicate": "Trùng nhiệm vụ khác",
    "other_office": "Không thuộc cơ quan mình theo dõi",
    "not_task": "Không giao việc",
}

EXTENTS = {
    "item": "Cả mục",
    "below": "Cả mục và các mục con",
    "before": "Nối phần trước",
    "after": "Nối phần sau",
    "but_last": "Bỏ câu cuối",
    "but_first": "Bỏ câu đầu",
    "first": "Chỉ câu đầu",
    "bare": "Bỏ câu dẫn, tên đơn vị",
    "lead_in": "Kèm câu dẫn",
}
"""Other extents that a task's words may have, in the order of their digits on the review screen."""
