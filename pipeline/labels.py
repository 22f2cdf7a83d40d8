"""The closed sets of labels of a task: keys, stable in files and store, and the Vietnamese names shown."""

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
