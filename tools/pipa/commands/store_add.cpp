// pipa store add
#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

#include "host/files.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/input/csv.hpp"
#include "pipa/office/references.hpp"
#include "pipa/office/registered.hpp"
#include "pipa/store/store_sets.hpp"
#include "wire/qr_text.hpp"

namespace pipa::cli {
namespace {

struct AddOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, as{}, now{};
    std::vector<std::string> files{};
    std::string indices{};
};

struct Found {  // what is to be added
    std::vector<Bytes> messages{};
    std::vector<std::string> places{};  // of each: its file, and its line in a table

    void add(Bytes message, std::string place) {
        messages.push_back(std::move(message));
        places.push_back(std::move(place));
    }
};

// A file is a signed statement, or a CSV of numbers and QR texts as `pipa issue` writes it.
Result<void> find_in(const std::string& path, Found& out) {
    auto content = read_file(path);
    if (!content) return std::unexpected(content.error());
    if (!as_text(*content).starts_with("number,text")) return out.add(std::move(*content), path), Result<void>{};
    CsvReader reader(as_text(*content));
    static_cast<void>(reader.next());
    for (;;) {
        const auto record = reader.next();
        if (!record) return std::unexpected(record.error());
        if (!*record) return {};
        const std::string line = "line " + std::to_string((*record)->line);
        if ((*record)->fields.size() != 2) return fail(ErrorCode::CsvBadTable, {}, line);
        auto parsed = parse_qr_text((*record)->fields[1]);
        if (!parsed) return fail(parsed.error().code, {}, line);
        out.add(std::move(parsed->certificate), path + ", " + line);
    }
}

// "4096+1024": first and count.
Result<void> reserve(OfficeStore& store, const std::string& indices, const Actor& actor) {
    if (indices.empty()) return {};
    std::uint32_t first = 0, count = 0;
    const std::size_t plus = indices.find('+');
    const auto number = [](std::string_view digits, std::uint32_t& out) { return std::from_chars(digits.data(), digits.data() + digits.size(), out); };
    const std::string_view text = indices;
    if (plus == std::string::npos || number(text.substr(0, plus), first).ptr != text.data() + plus || number(text.substr(plus + 1), count).ptr != text.data() + text.size())
        return fail(ErrorCode::StoreBadName, {}, indices);
    for (const auto blocks = store.index_blocks(); const IndexBlock& block : blocks.value_or(std::vector<IndexBlock>{}))
        if (block.first == first && block.count == count) return {};
    if (const auto block = store.reserve_indices_at(first, count, "import", actor); !block) return std::unexpected(block.error());
    return {};
}

cose::StatementType type_of(ByteView message) {
    const auto statement = cose::parse_statement(message, {}, {.max_bytes = max_trust_pack_bytes});
    return statement ? statement->type : cose::StatementType{};
}

// Nothing goes in that phones would not take: under the store's registry, or the one that comes with it.
class Gate {
public:
    Gate(const AddOptions& options, OfficeStore& store, const Found& found, UnixSeconds now)
        : m_options(options), m_store(store), m_found(found), m_now(now) {}

    // The place of what was refused is left in `where`.
    Result<void> check(std::string& where) {
        auto registry = registry_of(m_store);
        if (!registry) return std::unexpected(registry.error());
        m_registry = std::move(*registry);
        for (std::size_t i = 0; i < m_found.messages.size(); ++i) {
            where = m_found.places[i];
            if (type_of(m_found.messages[i]) != cose::StatementType::TrustPack) continue;
            if (auto ok = must_follow(m_store, m_found.messages[i]); !ok) return ok;
            auto newer = open_registry(m_found.messages[i]);
            if (!newer) return std::unexpected(newer.error());
            if (!m_registry || m_registry->pack().version <= newer->pack().version) m_registry = std::move(*newer);
        }
        for (std::size_t i = 0; i < m_found.messages.size(); ++i) {
            where = m_found.places[i];
            if (auto ok = check_one(m_found.messages[i], where); !ok) return ok;
        }
        return {};
    }

private:
    Result<void> check_one(const Bytes& message, const std::string& where) const {
        const auto type = type_of(message);
        if (type == cose::StatementType::TrustPack || type == cose::StatementType::EducationPack) return {};
        const auto known = find_statement(m_store, crypto::sha256(message));
        if (!known) return std::unexpected(known.error());
        if (*known) return {};
        const CheckedStatement told = check_statement({message, parse_any_statement(message)}, m_registry ? *m_registry : m_nobody);
        if (!told.statement) return std::unexpected(told.error.value_or(Error{}));
        if (auto ok = check_references(m_store, *told.statement, m_found.messages); !ok) return ok;
        if (!m_registry) return {};
        if (auto ok = must_stand(told, m_now); !ok) return ok;
        if (told.key->compromised_since && !told.is(cose::StatementType::Notice) && !told.is(cose::StatementType::Receipt))
            m_options.voice.warn(where + ": the key was lost later, so it counts only with a receipt of an office from before (pipa sign receipt)");
        return {};
    }

    const AddOptions& m_options;
    OfficeStore& m_store;
    const Found& m_found;
    UnixSeconds m_now;
    std::optional<TrustStore> m_registry{};
    TrustStore m_nobody{};
};

// What is signed comes in as what it is, and is looked at then.
Result<bool> add_document(const AddOptions& options, OfficeStore& store, const Actor& actor) {
    static constexpr std::array<std::string_view, 3> own = {"registry.cose", "learn.cose", "office.pub"};
    if (std::ranges::find(own, options.as) != own.end()) return fail(ErrorCode::StoreBadName, {}, options.as + ": packs are added without --as");
    if (options.files.size() != 1) return fail(ErrorCode::StoreBadName, {}, options.as + ": --as takes one file");
    const auto content = read_file(options.files.front());
    if (!content) return std::unexpected(content.error());
    if (content->empty()) return fail(ErrorCode::FileUnreadable, {}, options.files.front() + ": the file is empty");
    return store.put_document(options.as, *content, actor);
}

Result<std::size_t> add_statements(const AddOptions& options, OfficeStore& store, const Actor& actor, Found& found, std::string& where) {
    for (const std::string& file : options.files) {
        where = file;
        if (auto ok = find_in(file, found); !ok) return std::unexpected(ok.error());
    }
    if (auto ok = Gate(options, store, found, actor.now).check(where); !ok) return std::unexpected(ok.error());
    where = "--indices";
    if (auto ok = reserve(store, options.indices, actor); !ok) return std::unexpected(ok.error());
    where.clear();
    const auto put = store.put_statements(found.messages, actor);
    if (!put) return std::unexpected(put.error());
    return static_cast<std::size_t>(std::ranges::count_if(*put, &Put::is_new));
}

int run(const AddOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return options.voice.fail(actor.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    std::size_t added = 0, all = 1;
    if (options.as.empty()) {
        Found found;
        std::string where;
        const auto put = add_statements(options, *store, *actor, found, where);
        if (!put) return options.voice.fail(put.error(), where);
        added = *put;
        all = found.messages.size();
    } else {
        const auto changed = add_document(options, *store, *actor);
        if (!changed) return options.voice.fail(changed.error());
        added = *changed;
    }
    if (options.voice.json) options.voice.print({{"ok", true}, {"added", added}, {"known", all - added}});
    else std::cout << added << " added, " << all - added << " were there already\n";
    return done;
}

}  // namespace

void add_store_add(CLI::App& store, int& exit_code) {
    const auto add = declare_command<AddOptions>(
        store, "add", "Put signed statements, codes that were issued elsewhere, or a document into it",
        "pipa store add --store office.store --key office.key trust.cose learn.cose card.cose\n"
        "  pipa store add --store office.store --key office.key --indices 4096+1024 codes.csv\n"
        "  pipa store add --store office.store --key office.key --as field.json assets/field/field.json\n\n"
        "Where the store has a registry (or one comes with it), nothing goes in that readers would not take: each signature, role, scope and time\n"
        "is looked at, and what a statement refers to must be there. All goes in, or nothing.",
        exit_code, run);
    add_store_option(*add.app, add.options->store, Need::Required);
    add_actor_option(*add.app, add.options->key);
    auto* files = add.app->add_option("file", add.options->files, "Signed statements, or a CSV of numbers and QR texts")->required()->type_name("FILE");
    add.app->add_option("--as", add.options->as, "Publish this one file as it is, under this name")->type_name("NAME");
    add.app->add_option("--indices", add.options->indices, "Places in the status list that were handed out for them: first and count")->type_name("FIRST+COUNT")->needs(files);
    add_now_option(*add.app, add.options->now);
}

}  // namespace pipa::cli
