// pipa queue show, pipa queue merge
#include <iostream>

#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/field/queue.hpp"
#include "pipa/office/references.hpp"
#include "pipa/office/registered.hpp"

namespace pipa::cli {
namespace {

struct QueueOptions {
    Voice voice{};
    std::string folder{};
    std::string store{};
    TrustOptions trust{};
    std::string now{};
};

Json json_of(const QueuedStatement& queued) {
    Json out = {{"file", queued.path.string()}, {"standing", standing_name(queued.told.standing)}};
    if (queued.told.statement) {
        out["type"] = schema_of(queued.told.statement->type())->name;
        out["id"] = queued.told.statement->text(statement_key::id);
    }
    if (queued.told.error) out["error"] = cli::json_of(*queued.told.error);
    return out;
}

std::string line_of(const QueuedStatement& queued) {
    std::string out{standing_name(queued.told.standing)};
    if (queued.told.statement)
        out += "  " + std::string{schema_of(queued.told.statement->type())->name} + "  " + std::string{queued.told.statement->text(statement_key::id)};
    return out + "  " + queued.path.filename().string();
}

int run_show(const QueueOptions& options) {
    const auto trust = open_trust(options.trust);
    if (!trust) return options.voice.fail(trust.error(), options.trust.pack);
    const auto queue = read_queue(options.folder, *trust);
    if (!queue) return options.voice.fail(queue.error());
    Json list = Json::array();
    for (const QueuedStatement& queued : *queue) {
        if (options.voice.json) list.push_back(json_of(queued));
        else std::cout << line_of(queued) << '\n';
    }
    if (options.voice.json) options.voice.print({{"queue", std::move(list)}});
    return done;
}

// What stands under the trust that was given, and would not under the store's own registry or for want of what it refers to, stays too.
Result<void> hold_against(OfficeStore& store, std::vector<QueuedStatement>& queue, UnixSeconds now) {
    const auto registry = registry_of(store);
    if (!registry) return std::unexpected(registry.error());
    std::vector<Bytes> batch;
    for (const QueuedStatement& queued : queue)
        if (queued.told.stands()) batch.push_back(queued.message);
    for (QueuedStatement& queued : queue) {
        if (!queued.told.stands() || !queued.told.statement) continue;
        auto ok = *registry ? must_stand(queued.message, **registry, now) : Result<void>{};
        if (ok) ok = check_references(store, *queued.told.statement, batch);
        if (ok) continue;
        queued.told.error = ok.error();
        queued.told.standing = Standing::Unreadable;
    }
    return {};
}

int run_merge(const QueueOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto trust = open_trust(options.trust);
    if (!trust) return voice.fail(trust.error(), options.trust.pack);
    auto queue = read_queue(options.folder, *trust);
    if (!queue) return voice.fail(queue.error());
    auto store = OfficeStore::open(options.store);
    if (!store) return voice.fail(store.error(), options.store);
    if (const auto held = hold_against(*store, *queue, *now); !held) return voice.fail(held.error(), options.store);
    std::size_t counts[3]{};
    Json refused = Json::array();
    for (const QueuedStatement& queued : *queue) {
        const auto merged = merge_statement(*store, queued, *now);
        if (!merged) return voice.fail(merged.error(), queued.path.string());
        ++counts[static_cast<std::size_t>(*merged)];
        if (*merged != Merged::Refused) continue;
        voice.warn("left in the queue, because it does not stand: " + line_of(queued) + (queued.told.error ? ": " + to_string(*queued.told.error) : std::string{}));
        refused.push_back(json_of(queued));
    }
    const auto [fresh, known, left] = counts;
    if (voice.json) voice.print({{"ok", left == 0}, {"new", fresh}, {"known", known}, {"refused", std::move(refused)}});
    else std::cout << fresh << " statements taken into the store, " << known << " were there already, " << left << " refused\n";
    return left == 0 ? done : bad_data;
}

}  // namespace

void add_queue(CLI::App& pipa, int& exit_code) {
    CLI::App* group = pipa.add_subcommand("queue", "Signed statements that wait in a folder");
    group->require_subcommand(1);
    const auto show = declare_command<QueueOptions>(*group, "show", "List the queue and what stands of it",
        "pipa queue show queue --trust trust.cose --office-key office.pub", exit_code, run_show);
    const auto merge = declare_command<QueueOptions>(*group, "merge", "Take the queue into the office's store",
        "pipa queue merge queue --store office.db --trust trust.cose --office-key office.pub\n\n"
        "Each file is taken whole and then moved to merged/; stopped at any moment, it can be run again.", exit_code, run_merge);
    for (const auto& command : {show, merge}) {
        command.app->add_option("folder", command.options->folder, "The queue")->required()->type_name("FOLDER");
        add_trust_options(*command.app, command.options->trust, Need::Required);
    }
    merge.app->add_option("--store", merge.options->store, "The office's store")->required()->type_name("FILE");
    add_now_option(*merge.app, merge.options->now);
}

}  // namespace pipa::cli
