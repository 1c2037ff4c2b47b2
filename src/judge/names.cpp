// What answers, levels and relations are called outside: in JSON, in tables, on the command line.
#include <string_view>

#include "judge/judge.hpp"

namespace pipa {

std::string_view verdict_name(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::Genuine: return "genuine";
        case Verdict::OutOfDate: return "out_of_date";
        case Verdict::Revoked: return "revoked";
        case Verdict::Altered: return "altered";
        case Verdict::UnknownIssuer: return "unknown_issuer";
        case Verdict::CouldNotCheck: return "could_not_check";
    }
    return {};
}

std::string_view level_name(Level level) noexcept {
    switch (level) {
        case Level::Ok: return "ok";
        case Level::Caution: return "caution";
        case Level::Stop: return "stop";
        case Level::Unknown: return "unknown";
    }
    return {};
}

std::string_view relation_name(Relation relation) noexcept {
    switch (relation) {
        case Relation::Lot: return "lot";
        case Relation::Label: return "label";
        case Relation::Upstream: return "upstream";
        case Relation::Issuer: return "issuer";
        case Relation::Product: return "product";
        case Relation::District: return "district";
        case Relation::Other: return "other";
    }
    return {};
}

std::string_view grade_name(Grade grade) noexcept {
    switch (grade) {
        case Grade::Fresh: return "fresh";
        case Grade::Stale: return "stale";
        case Grade::Unknown: return "unknown";
    }
    return {};
}

}  // namespace pipa
