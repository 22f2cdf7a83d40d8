"""Examples: whole cells of a column "Thời hạn", where a bare period is the deadline."""

from pipeline.deadlines.corpus_form import EVENT, ONGOING, RELATIVE, Example, coming, every, means, on

EXAMPLES: tuple[Example, ...] = (
    *means(coming("2024-06-30"), "30/6", "30/06", "Tháng 6", "Quý II", "Quý 2"),
    *means(
        on("2024-06-30"),
        "30/6/2024",
        "Tháng 6/2024",
        "6/2024",
        "Quý II/2024",
        "Quý I, II/2024",
        "Quý II năm 2024",
    ),
    *means(on("2024-12-31"), "Năm 2024", "2024", "Quý IV/2024", "Quý III và Quý IV/2024", "Quý III-IV/2024"),
    *means(
        on("2025-12-31"),
        "2024-2025",
        "2024 - 2025",
        "Năm 2024-2025",
        "Từ 2024 đến 2025",
        "Từ năm 2024 đến năm 2025",
    ),
    *means(coming("2024-12-31"), "Tháng 12", "Từ tháng 5-12", "Tháng 5 - tháng 12", "Tháng 5 đến tháng 12"),
    *means(on("2024-05-31"), "Tháng 4 - 5/2024", "Tháng 4-5/2024", "Từ tháng 4 - 5/2024"),
    *means(coming("2024-12-20"), "Ngày 20/12", "20/12", "Trước 20/12", "Trước ngày 20/12"),
    *means(on("2024-03-31"), "Trong tháng 3/2024", "Cuối tháng 3/2024", "Trước 31/3/2024"),
    *means(every("FREQ=YEARLY"), "Hằng năm", "Hàng năm"),
    *means(every("FREQ=MONTHLY;INTERVAL=3"), "Hằng quý", "Hàng quý"),
    *means(every("FREQ=MONTHLY"), "Hằng tháng", "Hàng tháng"),
    *means(ONGOING, "Thường xuyên", "Thường xuyên, liên tục"),
    *means(RELATIVE, "05 ngày", "10 ngày làm việc", "02 tuần"),
    *means(EVENT, "Sau khi có văn bản hướng dẫn", "Ngay sau khi được giao vốn"),
)
OTHER_EVENTS: tuple[Example, ...] = means(
    EVENT,
    "Theo tiến độ của dự án",
    "Theo kết quả đánh giá",
    "Theo yêu cầu của Bộ",
    "Cùng với thời điểm lập dự toán",
)
