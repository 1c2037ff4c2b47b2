// Integer keys of an education pack on the wire (education_pack.cddl), shared by the parts of its reader and writer.
// Append only.
#pragma once

#include "learn/education_pack.hpp"
#include "wire/map_reader.hpp"

namespace pipa::learn {

inline constexpr FieldCodes field_codes{ErrorCode::LearnBadField, ErrorCode::LearnBadField, ErrorCode::LearnBadField};

namespace pack_key {
inline constexpr std::int64_t version = 1, issued = 2, title = 3, topics = 4, sources = 5, terms = 6, drawings = 7,
                              articles = 8, questions = 9, lesson_certificate = 10;
}
namespace text_key {
inline constexpr std::int64_t zh_hans = 1, en = 2;
}
namespace topic_key {
inline constexpr std::int64_t id = 1, name = 2;
}
namespace source_key {
inline constexpr std::int64_t id = 1, title = 2, checked = 3, reference = 4, standing = 5;
}
namespace term_key {
inline constexpr std::int64_t id = 1, name = 2, meaning = 3;
}
namespace article_key {
inline constexpr std::int64_t id = 1, topic = 2, title = 3, summary = 4, zh_hans = 5, en = 6;
}
namespace question_key {
inline constexpr std::int64_t id = 1, article = 2, question = 3, options = 4, answer = 5, why = 6, sources = 7;
}
namespace drawing_key {
inline constexpr std::int64_t id = 1, width = 2, height = 3, shapes = 4;
}
namespace shape_key {
inline constexpr std::int64_t fill = 1, stroke = 2, stroke_width = 3, segments = 4, points = 5, closed = 6, text = 7, size = 8;
}

}  // namespace pipa::learn
