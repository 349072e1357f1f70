"""A line in each language that Your Say knows, with its own letters at their hardest."""

from __future__ import annotations

LINES = {
    "en": "You can say no. It’s free: £0.",
    "cy": "Gallwch ddweud na. Tŷ, ŵy, ẁ, ẃ, â, ô.",
    "pl": "Możesz powiedzieć „nie”. Zażółć gęślą jaźń.",
    "ro": "Puteți spune nu. Știți, țara, î, â, ă.",
    "ar": "يمكنك أن تقول لا، أليس كذلك؟ شُكرًا.",
    "fa": "می‌توانید نه بگویید. پژ، گچ، ۱۲۳؟",
    "ckb": "دەتوانیت بڵێیت نەخێر. ڕێگە، ۆ، ێ، ڤ.",
    "ur": "آپ نہیں کہہ سکتے ہیں۔ ٹھیک، ڈ، ڑ، ے۔",
    "ti": "ኣይፋልን ክትብሉ ትኽእሉ ኢኹም።",
    "pa": "ਤੁਸੀਂ ਨਹੀਂ ਕਹਿ ਸਕਦੇ ਹੋ। ਪੜ੍ਹੋ, ਇੱਥੇ।",
    "bn": "আপনি না বলতে পারেন। ক্ষ, ত্র, র্ক, ৎ।",
    "uk": "Ви можете сказати «ні». Їжак, ґанок, є, і.",
    "so": "Waxaad dhihi kartaa maya. Ma’aha?",
    "es": "Puede decir que no. ¿Mañana? ¡Sí!",
}
RIGHT_TO_LEFT = {"ar", "fa", "ckb", "ur"}
# What the app itself puts into sentences, whatever their language.
PUT_IN = "\u2066 0300 123 4567\u2069 \u2068Orchard Street (GP) & Co.\u2069 1–2 … ‘’ “” 12:05 / %"
