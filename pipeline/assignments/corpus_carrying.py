"""Examples for what a document carries out, run by test_carrying.py; all in a letter of 5 May 2025.

`SUBJECTS` and `PREFACES` give the subject, or the first paragraph, and what is carried out (number, day, item);
the lists of `NOT` those that carry nothing out: what tells of it, urges it, orders it, or merely cites.
"""

from __future__ import annotations

from pipeline.assignments.corpus_relations import does

SUBJECTS = (
    does("Về việc triển khai Chỉ thị số 15/CT-TTg về phòng cháy chợ", "15/CT-TTg"),
    does(
        "V/v triển khai thực hiện Công văn số 123/BYT-DP ngày 02/4/2025 của Bộ Y tế", "123/BYT-DP 2025-04-02"
    ),
    does("V/v thực hiện Thông báo số 45/TB-UBND ngày 02/3/2025", "45/TB-UBND 2025-03-02"),
    does("Ban hành Kế hoạch triển khai thực hiện Nghị quyết số 02/NQ-CP của Chính phủ", "02/NQ-CP"),
    does("Kế hoạch thực hiện Chương trình số 7-CTr/TU về bến đò", "7-CTr/TU"),
    does("Về việc tiếp tục triển khai, thực hiện nghiêm Chỉ thị số 04/CT-UBND", "04/CT-UBND"),
    does(
        "V/v thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại Công văn số 88/UBND-NC ngày 14/4/2025",
        "88/UBND-NC 2025-04-14",
    ),
    does(
        "V/v thực hiện Công văn số 5/UBND-KT ngày 03/02/2025 và Công văn số 6/UBND-KT ngày 04/02/2025",
        "5/UBND-KT 2025-02-03",
        "6/UBND-KT 2025-02-04",
    ),
    does(
        "Ban hành Kế hoạch thực hiện Kết luận số 3-KL/TU ngày 06/01/2025 tiếp tục thực hiện Nghị quyết số 9-NQ/TU",
        "3-KL/TU 2025-01-06",
    ),
    does("V/v thực hiện khoản 2 Điều 1 Quyết định số 33/QĐ-UBND", "33/QĐ-UBND khoản 2 Điều 1"),
)

PREFACES = (
    does(
        "Thực hiện Công văn số 88/UBND-NC ngày 14/4/2025 của UBND tỉnh về kiểm kê bến đò, Sở Xây dựng yêu cầu các đơn "
        "vị gửi danh sách bến.",
        "88/UBND-NC 2025-04-14",
    ),
    does(
        "Để triển khai thực hiện Nghị quyết số 12-NQ/TU ngày 03/01/2025 của Tỉnh ủy, UBND tỉnh yêu cầu:",
        "12-NQ/TU 2025-01-03",
    ),
    does(
        "Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ tại Công văn số 45/TTg-CN ngày 02 tháng 4 năm 2025, Bộ Xây "
        "dựng đề nghị các tỉnh rà soát cầu yếu.",
        "45/TTg-CN 2025-04-02",
    ),
    does(
        "Căn cứ nhiệm vụ được giao tại Công văn số 210/UBND-NN ngày 10/02/2025, Chi cục Thủy lợi triển khai như sau:",
        "210/UBND-NN 2025-02-10",
    ),
    does(
        "Thực hiện Chỉ thị số 04/CT-UBND ngày 05/3/2025 của Chủ tịch UBND tỉnh; căn cứ Công văn số 9/SNV ngày 07/3/2025, "
        "Phòng Nội vụ báo cáo như sau:",
        "04/CT-UBND 2025-03-05",
    ),
    does(
        "Căn cứ Luật Phòng cháy; thực hiện Kế hoạch số 18/KH-UBND ngày 20/01/2025 của UBND tỉnh,",
        "18/KH-UBND 2025-01-20",
    ),
    does(
        "Thực hiện nhiệm vụ UBND tỉnh giao tại mục 3 Thông báo số 45/TB-UBND ngày 02/3/2025, Sở Y tế đề nghị:",
        "45/TB-UBND 2025-03-02 mục 3",
    ),
    does(
        "Thực hiện Công văn số 5/UBND-KT ngày 03/02/2025 về triển khai Nghị quyết số 1/NQ-CP, Nghị quyết số 2/NQ-CP, Sở "
        "Tài chính yêu cầu:",
        "5/UBND-KT 2025-02-03",
    ),
    # as OCR leaves them
    does("Thực hiện Công văn số 8 8 / UBND - NC ngày14 / 4 /2025 của UBND tỉnh,", "88/UBND-NC 2025-04-14"),
)

NOT_SUBJECTS = (
    "Báo cáo kết quả thực hiện Công văn số 88/UBND-NC ngày 14/4/2025",
    "V/v đôn đốc thực hiện Công văn số 88/UBND-NC ngày 14/4/2025",
    "V/v kiểm tra việc thực hiện Chỉ thị số 15/CT-TTg",
    "V/v gia hạn thời gian thực hiện Kế hoạch số 18/KH-UBND ngày 20/01/2025",
    "Sơ kết một năm thực hiện Nghị quyết số 02/NQ-CP",
    "V/v thực hiện kiểm kê bến đò theo Công văn số 88/UBND-NC",
    "V/v thành lập Tổ công tác triển khai thực hiện Chỉ thị số 15/CT-TTg",
    "V/v góp ý Kế hoạch thực hiện Nghị quyết số 02/NQ-CP",
    "V/v thực hiện Tờ trình số 3/TTr-SNV",
    "V/v triển khai tiêm phòng đợt 1 năm 2025",
)

NOT_PREFACES = (
    "Sở Y tế nhận được Công văn số 88/UBND-NC ngày 14/4/2025 của UBND tỉnh.",
    "Căn cứ Công văn số 88/UBND-NC ngày 14/4/2025 của UBND tỉnh, Sở Y tế có ý kiến như sau:",
    "Thực hiện kiểm kê bến đò theo Công văn số 88/UBND-NC ngày 14/4/2025, các xã gửi danh sách.",
    "Trong quá trình thực hiện Kế hoạch số 18/KH-UBND ngày 20/01/2025, nhiều xã còn chậm.",
    "Sau khi thực hiện Công văn số 88/UBND-NC ngày 14/4/2025, các bến đò đã thông suốt.",
    "Ngày 14/4/2025 UBND tỉnh ban hành Công văn số 88/UBND-NC.",
)

ORDERS = (
    (
        "Chủ tịch UBND tỉnh yêu cầu:",
        "1. Thực hiện Công văn số 88/UBND-NC ngày 14/4/2025.",
        "2. Báo cáo trước ngày 15/5.",
    ),
    ("Giao Sở Y tế:", "- Triển khai Chỉ thị số 15/CT-TTg ngày 02/3/2025."),
    ("1. Sở Y tế rà soát trạm y tế.", "Thực hiện nghiêm Chỉ thị số 15/CT-TTg ngày 02/3/2025."),
)
"""Bodies in which the words are an order, no preface."""
