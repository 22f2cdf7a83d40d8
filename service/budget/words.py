"""Keys of the budget of errors in, what people read for them in Vietnamese out."""

from __future__ import annotations

STANDINGS = {
    "on": "Đang tự nhận trong ngân sách sai sót.",
    "off": "Đang tắt: mọi nhiệm vụ đều chờ người rà soát.",
    "few": "Chưa tự nhận: số nhiệm vụ đã rà soát chưa đủ để giữ lời hứa này.",
    "broken": "Đã tự dừng: trong mẫu kiểm tra có nhiều nhiệm vụ sai hơn mức cho phép.",
    "drift_likely": "Đã tự dừng: độ tin cậy của các văn bản mới khác hẳn các văn bản đã rà soát.",
    "drift_type": "Đã tự dừng: loại văn bản mới khác hẳn các văn bản đã rà soát.",
    "drift_issuer": "Đã tự dừng: cơ quan ban hành văn bản mới khác hẳn các văn bản đã rà soát.",
    "model": "Tạm dừng: mô hình đã đổi; đủ nhiệm vụ đã rà soát mà mô hình này đánh giá thì tìm lại ngưỡng.",
    "lag": "Tạm dừng: quá nhiều nhiệm vụ của mẫu kiểm tra còn chờ rà soát; rà soát bớt thì tự nhận tiếp.",
}
"""How a promise stands (service/budget/watch.py)."""

DRIFTS = {"likely": "Độ tin cậy", "type": "Loại văn bản", "issuer": "Cơ quan ban hành"}
"""What of documents is compared (service/budget/mix.py)."""
