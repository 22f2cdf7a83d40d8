"""Examples for relations to earlier documents, run by test_relations.py; all in a decision of 5 May 2025.

`does` gives a paragraph and what it does (kind, number, day, item, new deadline); `NOTHING` paragraphs that do
nothing to any document: citations, orders, standing rules.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Does:
    """A paragraph and its relations, each "kind number day item → deadline"; what is missing is left out."""

    text: str
    relations: tuple[str, ...]


def does(text: str, *relations: str) -> Does:
    """A paragraph with what it does to earlier documents."""
    return Does(text, relations)


ISSUED = dt.date(2025, 5, 5)

RELATIONS = (
    # extended
    does(
        "Gia hạn thời gian thực hiện nhiệm vụ tại mục 3 Thông báo số 45/TB-UBND ngày 02/3/2025 đến hết ngày "
        "31/12/2025.",
        "extends 45/TB-UBND 2025-03-02 mục 3 → 2025-12-31",
    ),
    does(
        "Đồng ý gia hạn thời hạn trình Đề án bến cá tại Công văn số 210/UBND-NN ngày 10 tháng 02 năm 2025 đến "
        "ngày 30/6/2025; giao Sở Nông nghiệp và Môi trường hoàn thiện hồ sơ.",
        "extends 210/UBND-NN 2025-02-10 → 2025-06-30",
    ),
    does("Đồng ý lùi thời hạn báo cáo kiểm kê chợ đến ngày 15/11/2025.", "extends → 2025-11-15"),
    does(
        "UBND tỉnh thống nhất kéo dài thời gian thực hiện Kế hoạch số 18/KH-UBND ngày 20/01/2025 đến hết quý "
        "III/2025.",
        "extends 18/KH-UBND 2025-01-20 → 2025-09-30",
    ),
    does(
        "Gia hạn thêm 02 tháng đối với nhiệm vụ giao Sở Y tế tại điểm b khoản 2 Chỉ thị số 05/CT-UBND ngày "
        "12/02/2025.",
        "extends 05/CT-UBND 2025-02-12 điểm b khoản 2",
    ),
    does(
        "Thông báo số 61/TB-UBND ngày 03/3/2025 được gia hạn đến ngày 20/10/2025.",
        "extends 61/TB-UBND 2025-03-03 → 2025-10-20",
    ),
    # amended
    does("Điều chỉnh thời hạn hoàn thành báo cáo từ ngày 30/6 sang ngày 30/9.", "amends → 2025-09-30"),
    does(
        "Sửa đổi, bổ sung khoản 2 Điều 1 Quyết định số 33/QĐ-UBND ngày 08/01/2025 của UBND tỉnh như sau:",
        "amends 33/QĐ-UBND 2025-01-08 khoản 2 Điều 1",
    ),
    does(
        "Điều chỉnh điểm a, b khoản 2 Điều 1 Quyết định số 3/QĐ-UBND ngày 06/01/2025 theo đề nghị của Sở Nội vụ "
        "tại Tờ trình số 4/TTr-SNV ngày 09/4/2025.",
        "amends 3/QĐ-UBND 2025-01-06 điểm a, b khoản 2 Điều 1",
    ),
    does(
        "Bổ sung bà Lò Thị Mây vào danh sách kèm theo Quyết định số 71/QĐ-UBND ngày 11/02/2025.",
        "amends 71/QĐ-UBND 2025-02-11",
    ),
    does(
        "Đính chính Quyết định số 21/QĐ-UBND ngày 07/3/2025 về tên thôn Thượng.",
        "amends 21/QĐ-UBND 2025-03-07",
    ),
    does(
        "Quyết định này sửa đổi Điều 4 Quyết định số 12/2023/QĐ-UBND ngày 15/8/2023.",
        "amends 12/2023/QĐ-UBND 2023-08-15 Điều 4",
    ),
    # replaced
    does("Quyết định này thay thế Quyết định số 9/QĐ-UBND ngày 02/3/2015.", "replaces 9/QĐ-UBND 2015-03-02"),
    does(
        "Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 4/QĐ-UBND ngày 01/02/2020, Quyết định số "
        "6/QĐ-UBND ngày 03/02/2021.",
        "replaces 4/QĐ-UBND 2020-02-01",
        "replaces 6/QĐ-UBND 2021-02-03",
    ),
    does(
        "Thay thế nội dung giao Sở Y tế tại Công văn số 30/UBND-VX ngày 06/01/2025.",
        "replaces 30/UBND-VX 2025-01-06",
    ),
    does(
        "Chỉ thị này thay thế Chỉ thị số 02/CT-UBND ngày 14 tháng 5 năm 2019 của Chủ tịch UBND tỉnh.",
        "replaces 02/CT-UBND 2019-05-14",
    ),
    does(
        "Công văn số 15/UBND-KT ngày 04/02/2025 bị thay thế.",
        "replaces 15/UBND-KT 2025-02-04",
    ),
    # revoked
    does("Thu hồi Công văn số 88/UBND-NC ngày 14/4/2025 của UBND tỉnh.", "revokes 88/UBND-NC 2025-04-14"),
    does(
        "Bãi bỏ khoản 2 Điều 3 Quyết định số 17/QĐ-UBND ngày 11/01/2024.",
        "revokes 17/QĐ-UBND 2024-01-11 khoản 2 Điều 3",
    ),
    does(
        "Hủy bỏ nội dung tại mục II Thông báo số 1120-TB/TU ngày 05/02/2025.",
        "revokes 1120-TB/TU 2025-02-05 mục II",
    ),
    does(
        "Quyết định số 40/QĐ-UBND ngày 02/4/2018 về bến đò hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
        "revokes 40/QĐ-UBND 2018-04-02",
    ),
    # as OCR leaves them
    does(
        "Thu hồi Công văn số 8 8 / UBND - NC ngày14 / 4 /2025.",
        "revokes 88/UBND-NC 2025-04-14",
    ),
    does(
        "Thay thế Thông báo số: 45 /TB-UBND ngày 02. 3. 2025.",
        "replaces 45/TB-UBND 2025-03-02",
    ),
)

NOTHING = (
    "Căn cứ Quyết định số 9/QĐ-UBND ngày 02/3/2015 về sửa đổi Quy chế bến đò;",
    "Theo Công văn số 88/UBND-NC ngày 14/4/2025, các xã kiểm kê bến đò.",
    "Giao Sở Tư pháp tham mưu sửa đổi, bổ sung Quyết định số 12/2023/QĐ-UBND ngày 15/8/2023.",
    "Sở Nội vụ rà soát, thay thế các biểu mẫu tại Công văn số 30/UBND-VX ngày 06/01/2025.",
    "Điều chỉnh Kế hoạch số 18/KH-UBND ngày 20/01/2025 cho phù hợp, trình UBND tỉnh.",
    "Thu hồi 300 m2 đất đã giao tại Quyết định số 5/QĐ-UBND ngày 03/3/2020.",
    "Gia hạn nộp thuế được áp dụng với hộ bị thiên tai.",
    "Bổ sung hồ sơ theo Công văn số 30/UBND-VX ngày 06/01/2025.",
    "Thực hiện Thông báo số 45/TB-UBND ngày 02/3/2025 về gia hạn thời gian kiểm kê.",
    "Quyết định số 40/QĐ-UBND ngày 02/4/2018 có hiệu lực đến ngày 01/7/2025.",
    "Việc thay thế máy bơm phải xong trước mùa lũ.",
    "Bãi bỏ các thủ tục rườm rà ở bộ phận một cửa.",
)
