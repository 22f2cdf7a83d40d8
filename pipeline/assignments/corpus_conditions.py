"""Examples for conditions and marks of tasks, run by test_marks.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conditional:
    """A task's text and the conditions in it, as written."""

    text: str
    conditions: tuple[str, ...]


def holds(text: str, *conditions: str) -> Conditional:
    """A text with its conditions; none for what only looks like one."""
    return Conditional(text, conditions)


CONDITIONS = (
    holds(
        "Nếu có khó khăn, vướng mắc, các đơn vị báo cáo UBND tỉnh.",
        "Nếu có khó khăn, vướng mắc",
    ),
    holds(
        "Trong quá trình thực hiện, nếu có vướng mắc, phát sinh, các xã phản ánh về Sở Nội vụ.",
        "Trong quá trình thực hiện, nếu có vướng mắc, phát sinh",
    ),
    holds("Trường hợp vượt thẩm quyền, báo cáo UBND tỉnh xem xét.", "Trường hợp vượt thẩm quyền"),
    holds(
        "Xử lý các bến đò không phép; trường hợp vượt thẩm quyền kịp thời báo cáo cấp trên.",
        "trường hợp vượt thẩm quyền",
    ),
    holds("Cử cán bộ tham gia khi có yêu cầu.", "khi có yêu cầu"),
    holds("Bố trí xe cứu thương trong trường hợp cần thiết.", "trong trường hợp cần thiết"),
    holds("Khi xảy ra sự cố tràn dầu, Sở Y tế mở trạm sơ cứu.", "Khi xảy ra sự cố tràn dầu"),
    holds(
        "Nếu mực nước vượt báo động hai thì UBND xã sơ tán dân ven sông.", "Nếu mực nước vượt báo động hai"
    ),
    holds(
        "Khi phát hiện gia cầm chết hàng loạt phải báo cáo ngay trạm thú y.",
        "Khi phát hiện gia cầm chết hàng loạt",
    ),
    holds(
        "Đối với trường hợp hộ nghèo chưa có đất ở, UBND xã lập danh sách.",
        "Đối với trường hợp hộ nghèo chưa có đất ở",
    ),
    holds(
        "Trường hợp các sở, ngành, địa phương có thay đổi nhân sự, gửi danh sách mới về Sở Nội vụ.",
        "Trường hợp các sở, ngành, địa phương có thay đổi nhân sự",
    ),
    holds("Nếu vượt khả năng, đề nghị lực lượng quân sự hỗ trợ.", "Nếu vượt khả năng"),
    holds("Xử lý nghiêm các trường hợp vi phạm."),
    holds("Tổng hợp kiến nghị của cử tri (nếu có)."),
    holds("Rà soát một số trường hợp hưởng sai chế độ."),
    holds("Chịu trách nhiệm trước UBND tỉnh nếu để xảy ra cháy chợ."),
    holds("Hướng dẫn các hộ nuôi tôm ghi sổ."),
    holds("Sở Y tế tháo gỡ khó khăn cho các trạm y tế."),
    holds("Phù hợp với điều kiện của từng vùng."),
    holds("Thực hiện trường hợp này theo quy định."),
)
