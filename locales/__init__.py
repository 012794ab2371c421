"""In whose language? Sentences, numbers and dates for a reader."""

from locales.speak import LANGUAGES, Speaker, mark, match_language, speaker

__all__ = ["LANGUAGES", "Speaker", "mark", "match_language", "speaker"]
