"""Invented sentences of tasks with the product that each asks for: what product.py must say.

Key of `PRODUCTS`, the words that name the product, the sentence. "none" and no words where nothing is to be
handed in: a document that is cited, carried out, told of, or asked for in some case only.
"""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """A task's words and its product."""

    key: str
    words: str
    text: str


ASKED: tuple[Asked, ...] = (
    # ---- reports
    Asked("report", "báo cáo UBND tỉnh", "Rà soát các bến đò, báo cáo UBND tỉnh trước ngày 15/6."),
    Asked("report", "Báo cáo kết quả thực hiện", "Báo cáo kết quả thực hiện về Sở Nội vụ."),
    Asked("report", "báo cáo tình hình đàn trâu", "Định kỳ hằng tháng báo cáo tình hình đàn trâu."),
    Asked("report", "báo cáo nhanh số hộ bị ngập", "Các xã báo cáo nhanh số hộ bị ngập trong ngày."),
    Asked("report", "báo cáo tổng kết mùa lễ hội", "Xây dựng báo cáo tổng kết mùa lễ hội, gửi Sở Du lịch."),
    Asked(
        "report",
        "báo cáo Chủ tịch UBND huyện kết quả",
        "Kiểm đếm cây đổ; báo cáo Chủ tịch UBND huyện kết quả.",
    ),
    Asked(
        "report", "báo cáo tình hình lập quy hoạch chợ", "Hằng quý gửi báo cáo tình hình lập quy hoạch chợ."
    ),
    Asked("report", "báo cáo UBND xã", "Tổng hợp, báo cáo UBND xã trước ngày 20 hằng tháng."),
    # ---- plans, schemes, options
    Asked("plan", "kế hoạch chống hạn", "Xây dựng kế hoạch chống hạn, báo cáo UBND tỉnh trước ngày 01/3."),
    Asked("plan", "Kế hoạch kiểm tra bến khách", "Tham mưu UBND huyện ban hành Kế hoạch kiểm tra bến khách."),
    Asked(
        "plan",
        "chương trình hành động của ngành",
        "Khẩn trương xây dựng, ban hành chương trình hành động của ngành.",
    ),
    Asked("plan", "lộ trình thay xe buýt cũ", "Đề xuất lộ trình thay xe buýt cũ trong quý III."),
    Asked("plan", "quy hoạch chi tiết khu chợ", "Lập quy hoạch chi tiết khu chợ."),
    Asked("plan", "kế hoạch của đơn vị", "Các trường xây dựng kế hoạch của đơn vị."),
    Asked("scheme", "Đề án làng nghề", "Hoàn thiện Đề án làng nghề, trình UBND tỉnh trong tháng 9."),
    Asked("scheme", "đề án xã hội hóa bến xe", "Nghiên cứu, xây dựng đề án xã hội hóa bến xe."),
    Asked("scheme", "Đề án sắp xếp các trạm", "Trình UBND tỉnh Đề án sắp xếp các trạm."),
    Asked("option", "phương án di dời 20 hộ ven sông", "Lập phương án di dời 20 hộ ven sông."),
    Asked("option", "phương án ứng trực", "Các trạm chủ động có phương án ứng trực, không để bị động."),
    # ---- submissions, decisions, resolutions, regulations
    Asked(
        "submission",
        "Tờ trình và dự thảo Nghị quyết",
        "Soạn thảo Tờ trình và dự thảo Nghị quyết, gửi Sở Tư pháp.",
    ),
    Asked("submission", "tờ trình", "Hoàn chỉnh tờ trình trình UBND tỉnh."),
    Asked("decision", "quyết định thành lập tổ công tác", "Ban hành quyết định thành lập tổ công tác."),
    Asked("decision", "Quyết định giao chỉ tiêu", "Tham mưu UBND huyện ban hành Quyết định giao chỉ tiêu."),
    Asked("resolution", "dự thảo Nghị quyết về học phí", "Chuẩn bị dự thảo Nghị quyết về học phí."),
    Asked("legal_act", "Nghị định về vận tải đường sông", "Xây dựng Nghị định về vận tải đường sông."),
    Asked("legal_act", "Thông tư về mẫu biểu", "Ban hành Thông tư về mẫu biểu trong quý II."),
    Asked(
        "legal_act", "Nghị định quy định chi tiết Luật Đê điều", "Nghị định quy định chi tiết Luật Đê điều"
    ),
    Asked("regulation", "quy chế phối hợp giữa hai đơn vị", "Xây dựng quy chế phối hợp giữa hai đơn vị."),
    Asked("regulation", "bảng giá đất năm 2026", "Công bố bảng giá đất năm 2026."),
    Asked("regulation", "quy định về chợ đêm", "Sửa đổi, bổ sung quy định về chợ đêm."),
    Asked("regulation", "tiêu chí chọn thôn điểm", "Đề xuất các tiêu chí chọn thôn điểm."),
    # ---- other papers
    Asked("directive", "văn bản chỉ đạo các xã", "Ban hành văn bản chỉ đạo các xã."),
    Asked("directive", "công điện", "Kịp thời ban hành công điện."),
    Asked("guidance", "văn bản hướng dẫn thu phí", "Ban hành văn bản hướng dẫn thu phí."),
    Asked("guidance", "hướng dẫn nghiệp vụ", "Ban hành hướng dẫn nghiệp vụ, gửi các trạm."),
    Asked("guidance", "sổ tay phòng cháy", "Biên soạn sổ tay phòng cháy."),
    Asked("estimate", "dự toán kinh phí sửa cầu", "Lập dự toán kinh phí sửa cầu, gửi Sở Tài chính."),
    Asked("estimate", "nhu cầu kinh phí năm 2027", "Tổng hợp nhu cầu kinh phí năm 2027."),
    Asked("document", "văn bản trả lời cử tri", "Có văn bản trả lời cử tri trước ngày 10/7."),
    Asked("document", "công văn đề nghị gia hạn", "Gửi công văn đề nghị gia hạn."),
    Asked("document", "biên bản bàn giao", "Lập biên bản bàn giao."),
    Asked("list", "danh sách hộ nghèo", "Lập danh sách hộ nghèo, gửi UBND xã."),
    Asked("list", "danh mục dự án chậm", "Cung cấp cho Sở Tài chính danh mục dự án chậm."),
    Asked("dossier", "hồ sơ thuê đất", "Hoàn thiện hồ sơ thuê đất."),
    Asked("dossier", "hồ sơ đề nghị khen thưởng", "Gửi Sở Nội vụ hồ sơ đề nghị khen thưởng."),
    Asked("data", "số liệu thu hoạch", "Cung cấp số liệu thu hoạch cho Chi cục Thống kê."),
    Asked("data", "cơ sở dữ liệu bến bãi", "Xây dựng cơ sở dữ liệu bến bãi."),
    Asked("opinion", "Tham gia ý kiến vào dự thảo", "Tham gia ý kiến vào dự thảo, gửi Sở Tư pháp."),
    Asked("opinion", "góp ý dự thảo Đề án", "Nghiên cứu, góp ý dự thảo Đề án."),
    # ---- of several the one that the others lead up to
    Asked(
        "plan",
        "kế hoạch tu bổ đình làng",
        "Có văn bản lấy ý kiến, xây dựng kế hoạch tu bổ đình làng, báo cáo UBND xã.",
    ),
    Asked("scheme", "đề án bến cá", "Lập danh sách tàu, xây dựng đề án bến cá, báo cáo kết quả."),
    Asked("list", "danh sách thôn cách trở", "Lập danh sách thôn cách trở, báo cáo Sở Xây dựng."),
    Asked("report", "báo cáo mùa vụ", "Cung cấp số liệu, xây dựng báo cáo mùa vụ."),
    Asked(
        "list", "Danh mục hàng qua bến", "Xây dựng và công bố trong quý II năm 2026 Danh mục hàng qua bến."
    ),
    # ---- nothing is to be handed in
    Asked("none", "", "Không ban hành quy định làm tăng lệ phí."),
    Asked("none", "", "Không yêu cầu người dân bổ sung hồ sơ quá một lần."),
    Asked("none", "", "Tiếp thu, giải trình ý kiến tham gia của các sở."),
    Asked("none", "", "Đôn đốc việc lập dự toán của các trạm."),
    Asked("none", "", "Treo cờ theo thông tư của Bộ về việc ban hành quy định treo cờ."),
    Asked("none", "", "Thực hiện nghiêm Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh."),
    Asked("none", "", "Triển khai có hiệu quả Chương trình mục tiêu quốc gia nông thôn mới."),
    Asked("none", "", "Theo báo cáo của Sở Xây dựng, khẩn trương gia cố chân cầu."),
    Asked("none", "", "Tuần tra ban đêm, không để trâu bò thả rông."),
    Asked("none", "", "Hướng dẫn các hộ làm thủ tục cấp giấy."),
    Asked("none", "", "Kiểm tra việc chấp hành quy định của pháp luật về đo lường."),
    Asked("none", "", "Trường hợp vượt thẩm quyền, báo cáo cấp trên."),
    Asked("none", "", "Khơi thông cống rãnh; nếu có vướng mắc, báo cáo UBND phường."),
    Asked("none", "", "Trình UBND tỉnh xem xét, quyết định việc giao đất."),
    Asked("none", "", "Mời luật sư tư vấn cho các hộ dân."),
    Asked("none", "", "Căn cứ Quyết định này, các thôn cắm biển báo."),
    Asked("none", "", "Tăng cường tuyên truyền pháp luật về biên giới."),
    Asked("none", "", "Phối hợp với Sở Kế hoạch và Đầu tư tiếp đoàn."),
    Asked("none", "", "Bố trí lực lượng theo phương án đã được duyệt."),
)

# what a column "Sản phẩm" or a line "Kết quả: …" holds, and its class
STATED: tuple[tuple[str, str], ...] = (
    ("report", "Báo cáo của Sở"),
    ("plan", "Kế hoạch được ban hành"),
    ("decision", "Quyết định của UBND tỉnh"),
    ("resolution", "Dự thảo Nghị quyết"),
    ("submission", "Tờ trình, kèm dự thảo"),
    ("guidance", "Bộ tài liệu tập huấn"),
    ("data", "Phần mềm chạy thử"),
    ("other", "Hội nghị tập huấn"),
    ("other", "Phổ biến, giáo dục pháp luật"),
    ("other", "Mô hình trình diễn"),
)
