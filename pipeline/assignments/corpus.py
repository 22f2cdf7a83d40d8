"""Examples for the assignment rules, run by tests/pipeline/assignments/test_corpus.py.

`assigns` gives a clause, its leads and cooperators as they must be found; `dismisses` a clause that
assigns nothing and the role it has; `splits` an item and the beginnings of its parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.types import ClauseRole


@dataclass(frozen=True, slots=True)
class Assigns:
    """A clause and whom it names."""

    text: str
    leads: tuple[str, ...]
    cooperators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dismisses:
    """A clause that assigns nothing."""

    text: str
    role: ClauseRole


@dataclass(frozen=True, slots=True)
class Splits:
    """An item and how its parts begin."""

    text: str
    parts: tuple[str, ...]


def assigns(text: str, *leads: str, with_: tuple[str, ...] = ()) -> Assigns:
    """A clause with the leads and cooperators that it names."""
    return Assigns(text, leads, with_)


ASSIGNMENTS = (
    assigns("Giao Sở Tài chính thẩm định dự toán của ba công trình nêu trên.", "Sở Tài chính"),
    assigns(
        "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng kiểm đếm vật tư của cầu Sông Lam trước 20/9/2025.",
        "Sở Tài chính",
        with_=("Sở Xây dựng",),
    ),
    assigns(
        "Yêu cầu Ban Quản lý dự án tỉnh bàn giao mặt bằng xong trong tháng 10/2025.", "Ban Quản lý dự án tỉnh"
    ),
    assigns(
        "Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh vận động nhân dân hiến đất làm đường.",
        "Ủy ban Mặt trận Tổ quốc tỉnh",
    ),
    assigns("Giao và ủy quyền cho Sở Tài chính ký hợp đồng thuê kho.", "Sở Tài chính"),
    assigns("Phân công Chi cục Kiểm lâm trực gác tại các chốt phòng cháy.", "Chi cục Kiểm lâm"),
    assigns("Sở Nội vụ có trách nhiệm hướng dẫn các đơn vị lập hồ sơ.", "Sở Nội vụ"),
    assigns("Sở Y tế khẩn trương rà soát số giường bệnh còn trống.", "Sở Y tế"),
    assigns("Giám đốc Sở Tư pháp khẩn trương hoàn thiện dự thảo.", "Giám đốc Sở Tư pháp"),
    assigns("Công an tỉnh tăng cường tuần tra ban đêm tại các tuyến quốc lộ.", "Công an tỉnh"),
    assigns(
        "Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Sở Công Thương tổ chức hội chợ xuân.",
        "Sở Văn hóa, Thể thao và Du lịch",
        with_=("Sở Công Thương",),
    ),
    assigns(
        "Về kinh phí: Sở Tài chính cân đối, bố trí nguồn sự nghiệp.",
        "Sở Tài chính",
    ),
    assigns(
        "Đối với đoạn tuyến qua chợ huyện: Giao Ban Quản lý dự án huyện đẩy nhanh việc đền bù.",
        "Ban Quản lý dự án huyện",
    ),
    assigns(
        "Căn cứ kết quả thanh tra, Sở Xây dựng xử lý dứt điểm các công trình sai phép.",
        "Sở Xây dựng",
    ),
    assigns(
        "Trên cơ sở đề xuất của các địa phương, Sở Nông nghiệp và Môi trường tổng hợp nhu cầu giống lúa.",
        "Sở Nông nghiệp và Môi trường",
    ),
    assigns("UBND tỉnh yêu cầu các sở, ban, ngành gửi danh sách cán bộ dự tập huấn.", "các sở, ban, ngành"),
    assigns("Bộ Công Thương đề nghị các địa phương rà soát quy hoạch chợ.", "các địa phương"),
    assigns(
        "Giao Sở Tài chính, Sở Xây dựng và UBND các huyện kiểm kê tài sản công.",
        "Sở Tài chính",
        "Sở Xây dựng",
        "UBND các huyện",
    ),
    assigns(
        "Các Bộ: Công an, Quốc phòng phối hợp bảo đảm an ninh tuyến biên giới.",
        "Bộ Công an",
        "Bộ Quốc phòng",
    ),
    assigns("Kế hoạch chi tiết do Sở Du lịch chủ trì xây dựng.", "Sở Du lịch"),
    assigns(
        "Văn phòng UBND tỉnh theo dõi, đôn đốc các ấp chậm nộp sổ.",
        "Văn phòng UBND tỉnh",
    ),
    assigns(
        "Thanh tra tỉnh cùng với Sở Tài chính kiểm tra việc sử dụng quỹ vì người nghèo.",
        "Thanh tra tỉnh",
        with_=("Sở Tài chính",),
    ),
    assigns(
        "Chủ động phối hợp với Đài Phát thanh và Truyền hình tỉnh đưa tin về mùa lũ.",
        with_=("Đài Phát thanh và Truyền hình tỉnh",),
    ),
    assigns("Rà soát các hộ dân ở vùng sạt lở, báo cáo hằng ngày."),
    assigns(
        "Đồng ý đề xuất của Sở Giao thông vận tải; giao Sở Giao thông vận tải hoàn thiện hồ sơ.",
        "Sở Giao thông vận tải",
    ),
    assigns(
        "Phối hợp với các sở, ngành liên quan như Sở Y tế, Công an tỉnh kiểm tra bếp ăn.",
        with_=("các sở, ngành liên quan", "Sở Y tế", "Công an tỉnh"),
    ),
    assigns(
        "Yêu cầu các chủ bến phối hợp, trao đổi với Chi cục Đăng kiểm về lịch kiểm tra phao cứu sinh.",
        "các chủ bến",
        with_=("Chi cục Đăng kiểm",),
    ),
    assigns(
        "Tiếp tục phối hợp đề nghị Chi cục Thuế cung cấp danh sách hộ bán hàng rong.",
        with_=("Chi cục Thuế",),
    ),
    assigns(
        "Giao Sở Y tế chấn chỉnh việc các trạm y tế phối hợp với Hội Chữ thập đỏ phát thuốc không có sổ.",
        "Sở Y tế",
    ),
    assigns(
        "Giao Sở Y tế đôn đốc việc các trạm bàn giao tủ thuốc và phối hợp với Sở Tài chính thanh lý xe cũ.",
        "Sở Y tế",
        with_=("Sở Tài chính",),
    ),
    assigns(
        "Sở Xây dựng kiểm tra các hồ chứa, chịu trách nhiệm trước UBND tỉnh nếu để xảy ra sự cố.",
        "Sở Xây dựng",
    ),
    assigns(
        "Rà soát quy chế phối hợp, đề nghị Sở Tư pháp thẩm định.",
        "Sở Tư pháp",
    ),
    assigns(
        "Giao Sở Y tế tổng hợp việc các trạm cấp thuốc để phối hợp với Sở Tài chính quyết toán.",
        "Sở Y tế",
        with_=("Sở Tài chính",),
    ),
    assigns(
        "Giao Sở Y tế đôn đốc việc các trạm kiểm kê và chủ động phối hợp với Sở Tài chính thanh lý xe cũ.",
        "Sở Y tế",
        with_=("Sở Tài chính",),
    ),
    assigns("Đề nghị các gánh hát:", "các gánh hát"),
    assigns("UBND tỉnh yêu cầu các gánh hát khẩn trương đăng ký lịch diễn.", "các gánh hát"),
    assigns("Nghiêm cấm các đơn vị thu thêm khoản ngoài quy định.", "các đơn vị"),
)

DISMISSALS = (
    Dismisses("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", ClauseRole.RECITAL),
    Dismisses("Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV.", ClauseRole.RECITAL),
    Dismisses("Theo đề nghị của Chánh Văn phòng UBND tỉnh,", ClauseRole.RECITAL),
    Dismisses("Quyết định này có hiệu lực kể từ ngày ký.", ClauseRole.IN_FORCE),
    Dismisses("Quyết định này thay thế Quyết định số 9/QĐ-UBND ngày 2/3/2015.", ClauseRole.IN_FORCE),
    Dismisses(
        "Chánh Văn phòng, Giám đốc các sở và Chủ tịch UBND các xã chịu trách nhiệm thi hành Quyết định này.",
        ClauseRole.EXECUTION,
    ),
    Dismisses("Yêu cầu các trường nghiêm túc thực hiện Chỉ thị này.", ClauseRole.EXECUTION),
    Dismisses("Văn phòng UBND tỉnh thông báo để các sở, ngành biết, thực hiện.", ClauseRole.TRANSMISSION),
    Dismisses(
        "Nay thông báo kết luận của Phó Chủ tịch UBND tỉnh đến các cơ quan biết, thực hiện.",
        ClauseRole.TRANSMISSION,
    ),
    Dismisses(
        "Nhận được công văn này, đề nghị các trường triển khai thực hiện./.",
        ClauseRole.EXECUTION,
    ),
    Dismisses(
        "Các bộ trưởng, thủ trưởng cơ quan ngang bộ chịu trách nhiệm thi hành Nghị định này.",
        ClauseRole.EXECUTION,
    ),
    Dismisses("Các nội dung khác của Kế hoạch giữ nguyên hiệu lực.", ClauseRole.IN_FORCE),
    Dismisses("Trưởng các trạm kiểm dịch chịu trách nhiệm thi hành Quy chế này.", ClauseRole.EXECUTION),
    Dismisses("Các ông, bà Trưởng phòng có trách nhiệm tổ chức thực hiện Thông tư.", ClauseRole.EXECUTION),
    Dismisses(
        "Quyết định số 88/QĐ-UBND ngày 04/3/2019 của UBND tỉnh về việc giao Sở Du lịch lập đề án bến thuyền.",
        ClauseRole.RECITAL,
    ),
    Dismisses("Đề nghị Sở Công Thương cấp phép nhập …………… tấn men bia cho cơ sở.", ClauseRole.OTHER),
    Dismisses(
        "Để đỡ mất công in ấn, khuyến khích các hộ kê khai qua cổng dịch vụ công.", ClauseRole.PERMISSION
    ),
    Dismisses(
        "Sáng ngày 4/8/2025, Chủ tịch UBND xã chủ trì giao ban về rác thải. Sau khi nghe các thôn báo cáo, "
        "Chủ tịch UBND xã kết luận:",
        ClauseRole.RECITAL,
    ),
    Dismisses("Một số trạm y tế để thuốc quá hạn trong kho.", ClauseRole.RESULT),
    Dismisses(
        "Việc miễn học phí cho học sinh xã đảo đã được Sở Tài chính trả lời tháng trước.", ClauseRole.REPORTED
    ),
    Dismisses("Sở Nội vụ là cơ quan thường trực của Ban Chỉ đạo cải cách.", ClauseRole.FUNCTION),
    Dismisses("Cơ quan kiểm định bến phà ở địa phương là Sở Xây dựng.", ClauseRole.FUNCTION),
    Dismisses("Đồng ý với đề nghị của Sở Công Thương về thời gian tổ chức hội chợ.", ClauseRole.PERMISSION),
    Dismisses("Khuyến khích các doanh nghiệp đầu tư vào khu công nghiệp.", ClauseRole.PERMISSION),
    Dismisses("Mọi chi tiết xin liên hệ bà Lê Thị Mơ, chuyên viên Phòng Tổng hợp.", ClauseRole.CONTACT),
    Dismisses(
        "Tại Công văn số 77/UBND-TH, UBND tỉnh đã giao Sở Công Thương chủ trì; đến nay chưa có báo cáo.",
        ClauseRole.REPORTED,
    ),
    Dismisses("Thực hiện Kế hoạch số 5/KH-UBND, theo đó giao Sở Du lịch lập đề án.", ClauseRole.REPORTED),
    Dismisses("Sở Nội vụ đã hoàn thành việc được giao.", ClauseRole.RESULT),
    Dismisses("Trong thời gian qua, công tác phòng dịch đạt nhiều kết quả.", ClauseRole.RESULT),
    Dismisses("Biểu mẫu báo cáo số 2 đính kèm, đề nghị tải tại trang thông tin của Sở.", ClauseRole.OTHER),
    Dismisses("Khó khăn, vướng mắc liên hệ Phòng Nghiệp vụ, điện thoại 0123.", ClauseRole.CONTACT),
    Dismisses("Phấn đấu giải ngân đạt 100 % kế hoạch vốn.", ClauseRole.TARGET),
)

SPLITS = (
    Splits(
        "Các đội dân phòng trực gác đêm. Trước mùa mưa, Sở Xây dựng khẩn trương gia cố bờ kè.",
        ("Các đội dân phòng trực", "Trước mùa mưa, Sở"),
    ),
    Splits(
        "UBND cấp xã báo cáo Sở Tài chính; Sở Tài chính tổng hợp, trình UBND tỉnh.",
        ("UBND cấp xã báo cáo", "Sở Tài chính tổng hợp"),
    ),
    Splits(
        "Về vốn: đồng ý về nguyên tắc dùng vốn dư; giao Sở Tài chính trình phương án phân bổ.",
        ("giao Sở Tài chính trình",),
    ),
    Splits("Sở Y tế rà soát thuốc dự trữ, báo cáo UBND tỉnh trước ngày 15/6.", ("Sở Y tế rà soát",)),
    Splits(
        "Giao Sở Công Thương: (i) Rà soát quy hoạch chợ; (ii) Kiểm tra giá xăng dầu dịp Tết.",
        ("Rà soát quy hoạch", "Kiểm tra giá"),
    ),
    Splits(
        "Sở Y tế, Sở Du lịch phổ biến quy chế này cho các nhà nghỉ. Hằng năm, Sở Y tế chủ trì kiểm tra nước uống.",
        ("Sở Y tế, Sở Du lịch phổ biến", "Hằng năm, Sở Y tế chủ trì"),
    ),
    Splits(
        "Sở Xây dựng hướng dẫn hồ sơ. UBND các xã gửi danh sách hộ nghèo về Sở Xây dựng.",
        ("Sở Xây dựng hướng dẫn", "UBND các xã gửi"),
    ),
    Splits(
        "Sở Nội vụ kiểm tra việc tuyển dụng. Trường hợp phát hiện sai phạm, Sở Nội vụ báo cáo Chủ tịch UBND tỉnh.",
        ("Sở Nội vụ kiểm tra",),
    ),
)
