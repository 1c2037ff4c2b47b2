// pipa store backup, restore, reserve
#include <iostream>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "pipa/commands/parts.hpp"
#include "pipa/commands/store_option.hpp"
#include "pipa/publish/going_back.hpp"
#include "pipa/publish/reconcile.hpp"
#include "pipa/store/store_sets.hpp"

namespace pipa::cli {
namespace {

namespace fs = std::filesystem;

struct BackupOptions {
    Voice voice{};
    StoreOption store{};
    std::string out{};
};

struct RestoreOptions {
    Voice voice{};
    StoreOption store{};
    std::string backup{}, published{}, key{}, now{};
};

struct ReserveOptions {
    Voice voice{};
    StoreOption store{};
    std::string key{}, holder{}, now{};
    std::uint32_t count{};
};

// A copy that is whole at one moment, checked before it gets its name.
Result<StoreCheck> copy_checked(OfficeStore& store, const fs::path& out) {
    std::error_code error;
    // SQLite would take what was left of another store's journal for this one's.
    for (const char* ending : {"", "-wal", "-shm"})
        if (fs::exists(out.string() + ending, error)) return fail(ErrorCode::FileExists, {}, out.string() + ending);
    const fs::path beside = out.string() + ".part";
    fs::remove(beside, error);
    if (auto ok = copy_store(store, beside); !ok) return std::unexpected(ok.error());
    const auto checked = [&]() -> Result<StoreCheck> {
        const auto copy = OfficeStore::open(beside);
        return copy ? copy->check() : Result<StoreCheck>{std::unexpect, copy.error()};
    }();
    for (const char* ending : {"-wal", "-shm"}) fs::remove(beside.string() + ending, error);
    if (!checked || !checked->problems.empty()) {
        fs::remove(beside, error);
        return checked ? fail(ErrorCode::StoreTampered, {}, checked->problems.front()) : Result<StoreCheck>{std::unexpect, checked.error()};
    }
    fs::rename(beside, out, error);
    if (error) return fail(ErrorCode::FileUnwritable, {}, system_reason(error.value(), out));
    return checked;
}

int run_backup(const BackupOptions& options) {
    auto store = OfficeStore::open(options.store.path, OfficeStore::Access::ReadOnly);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto checked = copy_checked(*store, options.out);
    if (!checked) return options.voice.fail(checked.error(), options.out);
    const std::string head = to_hex(checked->journal_head);
    if (options.voice.json) options.voice.print({{"ok", true}, {"out", options.out}, {"journal", {{"entries", checked->journal_entries}, {"head", head}}}});
    else std::cout << options.out << ": a whole copy; its journal has " << checked->journal_entries << " entries, the last is " << head << '\n';
    return done;
}

int present(const RestoreOptions& options, const publish::Reconciled& back, bool was_older) {
    const bool settled = back.nameless.empty();
    if (options.voice.json) {
        options.voice.print({{"ok", settled}, {"older", was_older}, {"statements", back.statements}, {"statuses", back.statuses}, {"roles", back.roles}, {"nameless", back.nameless}});
        return settled ? done : bad_data;
    }
    if (was_older)
        std::cout << options.store.path << " was older than what is published. Came back from there: " << back.statements << " statements and certificates, " << back.statuses
                  << " that are withdrawn or suspended, " << back.roles << " roles.\n";
    else std::cout << options.store.path << " has all that is published\n";
    for (const std::uint32_t place : back.nameless)
        options.voice.complain({ErrorCode::StoreTampered, {}, "place " + std::to_string(place) + " of the status list is withdrawn, and its certificate came from nowhere: add it (pipa store add), and restore again"});
    return settled ? done : bad_data;
}

int run_restore(const RestoreOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return voice.fail(actor.error(), options.key);
    std::error_code error;
    if (!fs::is_directory(fs::path(options.published) / "tuf" / "metadata", error)) return voice.fail({ErrorCode::FileUnreadable, {}, "no published tree"}, options.published);
    if (!options.backup.empty()) {
        auto backup = OfficeStore::open(options.backup, OfficeStore::Access::ReadOnly);
        if (!backup) return voice.fail(backup.error(), options.backup);
        if (const auto copied = copy_checked(*backup, options.store.path); !copied) return voice.fail(copied.error(), options.store.path);
    }
    auto store = OfficeStore::open(options.store.path);
    if (!store) return voice.fail(store.error(), options.store.path);
    const auto held = publish::must_not_go_back(*store, options.published);
    if (held) return present(options, {}, false);
    if (held.error().code != ErrorCode::StoreTampered) return voice.fail(held.error(), options.published);
    const auto back = publish::reconcile(*store, options.published, *actor);
    if (!back) return voice.fail(back.error(), options.published);
    return present(options, *back, true);
}

int run_reserve(const ReserveOptions& options) {
    const auto now = now_of(options.now);
    if (!now) return options.voice.fail(now.error(), "--now");
    const auto actor = actor_of(options.key, *now);
    if (!actor) return options.voice.fail(actor.error(), options.key);
    auto store = OfficeStore::open(options.store.path);
    if (!store) return options.voice.fail(store.error(), options.store.path);
    const auto block = store->reserve_indices(options.count, options.holder, *actor);
    if (!block) return options.voice.fail(block.error());
    if (options.voice.json) options.voice.print({{"ok", true}, {"first", block->first}, {"count", block->count}, {"holder", block->holder}});
    else
        std::cout << block->first << "+" << block->count << " is " << block->holder << "'s: give each certificate one of these (status_index of pipa issue), and add its codes with\n"
                  << "pipa store add, so that it can be revoked\n";
    return done;
}

}  // namespace

void add_store_backup(CLI::App& store, int& exit_code) {
    const auto backup = declare_command<BackupOptions>(store, "backup", "Copy the store, whole as it is at one moment, while others work on",
                                                       "pipa store backup --store office.store --out /media/stick/office-2026-11-20.store", exit_code, run_backup);
    add_store_option(*backup.app, backup.options->store, Need::Required);
    backup.app->add_option("--out", backup.options->out, "The copy, which must not be there yet")->required()->type_name("FILE");

    const auto restore = declare_command<RestoreOptions>(
        store, "restore", "Make a backup the store again, and bring back what was published since",
        "pipa store restore --store office.store --backup office-2026-11-20.store --published /srv/pipa --key office.key\n\n"
        "A backup does not know what was revoked, recalled and issued since: until that is back from the published tree, pipa publish refuses\n"
        "(store.tampered). What was never published does not come back; whoever signed it adds it again. Without --backup the store that is\n"
        "there is brought up to date.",
        exit_code, run_restore);
    add_store_option(*restore.app, restore.options->store, Need::Required);
    add_actor_option(*restore.app, restore.options->key);
    restore.app->add_option("--backup", restore.options->backup, "The backup; there must be no store yet where it goes")->type_name("FILE");
    restore.app->add_option("--published", restore.options->published, "What was published from it last")->required()->type_name("DIR");
    add_now_option(*restore.app, restore.options->now);

    const auto reserve = declare_command<ReserveOptions>(store, "reserve", "Hand out places of the status list, for certificates that are signed elsewhere",
                                                         "pipa store reserve --store office.store --key office.key --count 1024 --holder yunwu", exit_code, run_reserve);
    add_store_option(*reserve.app, reserve.options->store, Need::Required);
    add_actor_option(*reserve.app, reserve.options->key);
    reserve.app->add_option("--count", reserve.options->count, "How many")->required()->check(CLI::Range(1, 1'000'000));
    reserve.app->add_option("--holder", reserve.options->holder, "Whose they are, in the office's words")->required()->type_name("NAME");
    add_now_option(*reserve.app, reserve.options->now);
}

}  // namespace pipa::cli
