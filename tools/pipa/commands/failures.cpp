// pipa failures: each failed test with its order, its deadline and what became of it.
#include <iostream>

#include "base/hex.hpp"
#include "page/format.hpp"
#include "pipa/commands/command.hpp"
#include "pipa/commands/options.hpp"
#include "pipa/field/evidence_source.hpp"
#include "pipa/terminal/terminal.hpp"

namespace pipa::cli {
namespace {

struct FailuresOptions {
    Voice voice{};
    std::vector<std::string> sources{};
    TrustOptions trust{};
    std::string now{};
    std::string language{};
    bool open_only{};
};

Json day_json(std::optional<DayNumber> day) { return day ? Json(format_day(*day)) : Json(nullptr); }

Json json_of(const Failure& failure) {
    Json out = {{"test", failure.batch.test_id}, {"digest", to_hex(failure.batch.test)}, {"reported", format_day(failure.batch.reported)}, {"state", failure_state_name(failure.state)},
                {"producer", failure.batch.producer}, {"town", failure.batch.town}, {"certificates", failure.batch.certificates},
                {"lots", failure.batch.lots}, {"substances", failure.batch.failed_substances}, {"recheck", failure.batch.recheck_id},
                {"order", failure.order_id}, {"ordered", day_json(failure.ordered)}, {"due", day_json(failure.due)},
                {"closed", day_json(failure.closed)}, {"disposal", failure.disposal}};
    return out;
}

Tone tone_of(FailureState state) noexcept {
    switch (state) {
        case FailureState::Closed: return Tone::Ok;
        case FailureState::Open: return Tone::Caution;
        default: return Tone::Stop;
    }
}

std::string producer_name(const TrustStore& trust, const std::string& subject, const Catalogue& catalogue) {
    const auto party = trust.find_party_if([&](const Party& one) { return is_subject(one, subject); });
    return party ? catalogue.pick(party->name) : subject;
}

void print_table(const std::vector<Failure>& failures, const TrustStore& trust, const Catalogue& catalogue) {
    constexpr std::size_t state_width = 10;
    const Painter painter = Painter::for_standard_output();
    const auto day = [](std::optional<DayNumber> one) { return one ? format_day(*one) : std::string{"-"}; };
    for (const Failure& failure : failures) {
        const std::string disposal = failure.disposal.empty() ? std::string{"-"} : catalogue.text("cli.failures.disposal." + failure.disposal);
        std::cout << painter.paint(tone_of(failure.state), padded(catalogue.text("cli.failures.state." + std::string{failure_state_name(failure.state)}), state_width)) << ' '
                  << padded(failure.batch.test_id, 16) << ' ' << format_day(failure.batch.reported) << "  "
                  << padded(producer_name(trust, failure.batch.producer, catalogue), 38) << ' ' << join(catalogue, failure.batch.failed_substances) << '\n'
                  << std::string(state_width + 1, ' ')
                  << catalogue.format("cli.failures.order", {{"order", failure.order_id.empty() ? std::string{"-"} : failure.order_id}, {"due", day(failure.due)},
                                                             {"closed", day(failure.closed)}, {"disposal", disposal}}) << '\n';
    }
}

int run(const FailuresOptions& options) {
    const Voice& voice = options.voice;
    const auto now = now_of(options.now);
    if (!now) return voice.fail(now.error(), "--now");
    const auto trust = open_trust(options.trust);
    if (!trust) return voice.fail(trust.error(), options.trust.pack);
    const auto messages = gather_messages(options.sources);
    if (!messages) return voice.fail(messages.error());
    const Observations evidence = weigh(*messages, *trust);
    const auto all = failures_of(tested_batches(evidence, *trust), evidence, day_of(*now));
    std::vector<Failure> shown;
    std::array<std::size_t, 4> counts{};
    for (const Failure& failure : all) {
        ++counts[static_cast<std::size_t>(failure.state)];
        if (!options.open_only || failure.state != FailureState::Closed) shown.push_back(failure);
    }
    const auto [no_order, open, overdue, closed] = counts;
    const Standings standings = standings_of(evidence, messages->size());
    if (standings.others > 0) voice.warn(std::to_string(standings.others) + " statements do not stand and were not looked at");
    if (voice.json) {
        Json list = Json::array();
        for (const Failure& failure : shown) list.push_back(json_of(failure));
        voice.print({{"failures", std::move(list)}, {"total", all.size()}, {"closed", closed}, {"open", open}, {"overdue", overdue},
                     {"no_order", no_order}, {"all_dealt_with", closed == all.size()}, {"not_standing", standings.others}});
    } else {
        const Catalogue& catalogue = catalogue_of(options.language);
        print_table(shown, *trust, catalogue);
        const auto number = [](std::size_t count) { return std::to_string(count); };
        std::cout << catalogue.format("cli.failures.total", {{"failed", number(all.size())}, {"closed", number(closed)}, {"percent", number(all.empty() ? 100 : closed * 100 / all.size())},
                                                             {"open", number(open)}, {"overdue", number(overdue)}, {"no_order", number(no_order)}}) << '\n';
    }
    return closed == all.size() ? done : judged_no;
}

}  // namespace

void add_failures(CLI::App& pipa, int& exit_code) {
    const auto command = declare_command<FailuresOptions>(
        pipa, "failures", "Every failed test, its order, its deadline and its disposal: are all of them closed?",
        "pipa failures office.db --trust trust.cose --office-key office.pub\n\n"
        "Exit code 0 when every failure is closed, 1 when one is not. A failure that a recheck cleared is none; a positive quick\n"
        "test that waits for the laboratory is none yet.",
        exit_code, run);
    command.app->add_option("source", command.options->sources, "A store, a folder of statements, a dossier or a statement")
        ->required()
        ->type_name("FILE|FOLDER");
    command.app->add_flag("--open", command.options->open_only, "Only those that are not closed");
    add_trust_options(*command.app, command.options->trust, Need::Required);
    add_now_option(*command.app, command.options->now);
    add_language_option(*command.app, command.options->language);
}

}  // namespace pipa::cli
