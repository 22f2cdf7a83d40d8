"""The closed sets of labels of tasks and clauses: keys, stable in files and store, and Vietnamese names."""

from __future__ import annotations

NATURES: dict[str, str] = {
    "document": "Xây dựng, ban hành văn bản",
    "report": "Báo cáo",
    "inspect": "Kiểm tra, giám sát",
    "communicate": "Tuyên truyền, hướng dẫn",
    "resources": "Bảo đảm nguồn lực",
    "coordinate": "Phối hợp, cung cấp thông tin",
    "handle": "Giải quyết vụ việc",
    "prohibit": "Không được làm",
    "carry_out": "Tổ chức thực hiện",
}

FIELDS: dict[str, str] = {
    "finance_budget": "Tài chính, ngân sách",
    "planning_investment": "Kế hoạch, đầu tư",
    "banking": "Ngân hàng",
    "industry_trade": "Công Thương",
    "agriculture_rural": "Nông nghiệp, nông thôn",
    "resources_environment": "Tài nguyên, môi trường",
    "construction_housing": "Xây dựng, nhà ở",
    "transport": "Giao thông vận tải",
    "health": "Y tế",
    "education": "Giáo dục, đào tạo",
    "labour_social": "Lao động, xã hội",
    "culture_sport_tourism": "Văn hóa, thể thao, du lịch",
    "information_digital": "Thông tin, chuyển đổi số",
    "science_technology": "Khoa học, công nghệ",
    "justice_legal": "Tư pháp, pháp luật",
    "home_affairs": "Nội vụ, cải cách hành chính",
    "security_order": "An ninh, trật tự",
    "defence": "Quốc phòng",
    "inspection_anticorruption": "Thanh tra, phòng chống tham nhũng",
    "foreign_affairs": "Đối ngoại",
    "ethnic_religion": "Dân tộc, tôn giáo",
    "disaster_safety": "Thiên tai, an toàn",
    "party_mass": "Đảng, đoàn thể",
    "other": "Khác",
}

CLAUSE_ROLES: dict[str, str] = {
    "task": "Nhiệm vụ",
    "lead_in": "Câu dẫn: giao cho các mục bên dưới",
    "heading": "Tiêu đề",
    "recital": "Căn cứ, lý do ban hành",
    "reported": "Kể lại việc đã giao hoặc nơi khác giao",
    "result": "Kết quả, đánh giá",
    "function": "Chức năng thường xuyên",
    "aim": "Mục đích, yêu cầu chung",
    "target": "Mục tiêu, chỉ tiêu phấn đấu",
    "principle": "Quan điểm, nguyên tắc",
    "prohibition": "Điều cấm không giao cho đơn vị nào",
    "amendment": "Sửa đổi, gia hạn, thu hồi việc đã giao",
    "permission": "Đồng ý, cho phép",
    "in_force": "Hiệu lực thi hành",
    "transmission": "Gửi, chuyển văn bản",
    "execution": "Điều khoản thi hành",
    "contact": "Đầu mối liên hệ",
    "other": "Không giao việc",
}

# what sort of task it is: no doubts, these lower no confidence
MARKS: dict[str, str] = {
    "conditional": "Việc có điều kiện",
    "prohibition": "Việc cấm làm",
    "reporting_duty": "Phải báo cáo",
    "chain": "Chuyển tiếp sang việc sau",
    "group_lead": "Giao cho một nhóm đơn vị",
}

FLAGS: dict[str, str] = {
    "several_leads": "Nhiều đơn vị chủ trì: mỗi việc chỉ nên có một",
    "lead_by_reference": "Đơn vị chủ trì nêu ở mục khác",
    "no_lead": "Không rõ đơn vị chủ trì",
    "before_issue": "Thời hạn trước ngày ban hành",
    "year_assumed": "Năm suy từ ngày ban hành",
    "month_assumed": "Tháng suy từ ngày ban hành",
    "approximate": "Thời hạn ước chừng (đầu, giữa, cuối …)",
    "year_missing": "Không rõ năm của thời hạn",
    "weekday_differs": "Thứ trong tuần không khớp với ngày",
    "several_days": "Nhiều ngày trong năm, không gộp thành một quy tắc được",
    "issue_date_missing": "Không rõ ngày ban hành để tính thời hạn",
}
