"""Examples: deadlines within whole clauses, beside numbers, cited documents and each other."""

from pipeline.deadlines.corpus_form import EVENT, ONGOING, RELATIVE, InClause, clause, coming, every, on

CLAUSES: tuple[InClause, ...] = (
    clause(
        "Theo Công văn số: 12/UBND ngày 05/9/2023, UBND các xã gửi danh sách trước ngày 05/4.",
        ("trước ngày 05/4", coming("2024-04-05")),
    ),
    clause(
        "Gửi về Phòng Nội vụ (ĐT: 0255.3822.345) chậm nhất ngày 09/04/2024 để tổng hợp.",
        ("chậm nhất ngày 09/04/2024", on("2024-04-09")),
    ),
    clause(
        "Chuẩn bị tài liệu cuộc họp ngày 20/3/2024, gửi Văn phòng trước 16h00 ngày 18/3/2024.",
        ("trước 16h00 ngày 18/3/2024", on("2024-03-18", at="16:00")),
    ),
    clause(
        "Xây dựng đề án phát triển dược liệu giai đoạn 2025-2030, trình UBND tỉnh trong quý III/2024.",
        ("trong quý III/2024", on("2024-09-30")),
    ),
    clause(
        "Thực hiện khoản 3 Điều 12 Luật Đất đai, hoàn thành kiểm kê trong 6 tháng cuối năm 2024.",
        ("trong 6 tháng cuối năm 2024", on("2024-12-31")),
    ),
    clause(
        "Rà soát hồ sơ giai đoạn 2021-2023; trong vòng 15 ngày làm việc kể từ ngày ký, báo cáo kết quả.",
        ("trong vòng 15 ngày làm việc kể từ ngày ký", on("2024-03-26")),
    ),
    clause(
        "Hoàn thiện đề án chợ đầu mối, trình Hội đồng nhân dân tỉnh tại kỳ họp giữa năm.",
        ("tại kỳ họp giữa năm", EVENT),
    ),
    clause("Cấp thẻ cho các hộ chưa được cấp trong năm 2024.", ("trong năm 2024", on("2024-12-31"))),
    clause("Tuyên truyền, giáo dục thường xuyên cho học sinh.", ("thường xuyên", ONGOING)),
    clause("Lập hồ sơ di tích, trình Bộ vào năm 2025.", ("vào năm 2025", on("2025-12-31"))),
    clause("Năm 2024 tập trung sửa chữa các hồ chứa.", ("Năm 2024", on("2024-12-31"))),
    clause("Cả năm 2024 không để xảy ra cháy lớn.", ("Cả năm 2024", on("2024-12-31"))),
    clause("Quý II tổ chức thi sát hạch.", ("Quý II", coming("2024-06-30"))),
    clause("6 tháng cuối năm trồng bù cây xanh.", ("6 tháng cuối năm", coming("2024-12-31"))),
    clause("Quý I, II/2024 hoàn thiện bản đồ.", ("Quý I, II/2024", on("2024-06-30"))),
    clause(
        "Lập danh mục trong tháng 4/2024; thẩm định chậm nhất ngày 20/5; phê duyệt xong trước 30/6/2024.",
        ("trong tháng 4/2024", on("2024-04-30")),
        ("chậm nhất ngày 20/5", coming("2024-05-20")),
        ("xong trước 30/6/2024", on("2024-06-30")),
    ),
    clause(
        "Thường xuyên kiểm tra; định kỳ hằng quý và trước ngày 15/12 hằng năm gửi báo cáo.",
        ("Thường xuyên", ONGOING),
        ("định kỳ hằng quý", every("FREQ=MONTHLY;INTERVAL=3")),
        ("trước ngày 15/12 hằng năm", every("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")),
    ),
    clause(
        "Trong vòng 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, Phòng Tư pháp có ý kiến bằng văn bản.",
        ("Trong vòng 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", RELATIVE),
    ),
    clause(
        "Ngay sau khi Nghị quyết được thông qua, các phòng lập kế hoạch chi tiết.",
        ("Ngay sau khi Nghị quyết được thông qua", EVENT),
    ),
    clause(
        "Khắc phục sạt lở do đợt mưa từ ngày 01/02 đến ngày 03/02/2024, xong trước ngày 30/4/2024.",
        ("xong trước ngày 30/4/2024", on("2024-04-30")),
    ),
    clause(
        "Tổng hợp (định kỳ hằng tháng), gửi báo cáo (trước ngày 20/11 hằng năm).",
        ("định kỳ hằng tháng", every("FREQ=MONTHLY")),
        ("trước ngày 20/11 hằng năm", every("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20")),
    ),
    clause(
        "Gửi báo cáo trước ngày l5/l0/2024, bổ sung trước ngày 3l tháng l2 năm 2024, họp 03 tháng/Ilần.",
        ("trước ngày l5/l0/2024", on("2024-10-15")),
        ("trước ngày 3l tháng l2 năm 2024", on("2024-12-31")),
        ("03 tháng/Ilần", every("FREQ=MONTHLY;INTERVAL=3")),
    ),
    clause(
        "Số liệu tính đến ngày 29/02/2024, gửi trước ngày 10 hằng tháng.",
        ("trước ngày 10 hằng tháng", every("FREQ=MONTHLY;BYMONTHDAY=10")),
    ),
)
