// What a device has seen belongs to the repository and not to the pin of a page: rotation of keys, old pages and new ones, and what a withdrawn
// key can still sign.
#include <catch2/catch_test_macros.hpp>

#include "support/bundle_builder.hpp"
#include "support/exact_bytes.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string opened(const Bytes& file, const crypto::Digest& pin, ByteView seen = {}) {
    return without_detail(answer_of(open_bundle(Exact(file).view(), pin, seen)));
}

crypto::Digest pin_of(const BundledDistrict& given, int version) {
    return crypto::sha256(given.repository.files.at("metadata/" + std::to_string(version) + ".root.json"));
}

Bytes seen_with(const BundledDistrict& given, const crypto::Digest& pin) { return encode_seen(open_bundle(given.file(), pin, {}).value().seen); }

Bytes without_root(const BundledDistrict& given, int version) {
    Bundle bundle = given.bundle();
    std::erase_if(bundle.metadata, [&](const BundleFile& file) { return file.name == std::to_string(version) + ".root.json"; });
    return encode_bundle(bundle).value();
}

constexpr UnixSeconds day = 86'400;

// The same office before and after it withdrew its online key.
struct Rotated {
    BundledDistrict before{};
    BundledDistrict after{before};

    Rotated() {
        after.repository.set_root_role("timestamp", {"new online key"});
        after.repository.set_root_role("snapshot", {"new online key"});
        after.repository.publish({"root"});
        after.publish(bundle_signed_at + day);
    }
    // What a thief of the old online key makes of the old state.
    [[nodiscard]] Bytes forged() const {
        BundledDistrict thief{before};
        for (int i = 0; i < 5; ++i) thief.publish(bundle_signed_at + 10 * day);
        return thief.file();
    }
};

}  // namespace

TEST_CASE("seen: a note is read back, and what is no note is refused", "[bundle]") {
    const BundledDistrict given;
    const Bytes note = seen_with(given, given.pin());
    CHECK(encode_seen(decode_seen(note).value()) == note);
    for (std::size_t size = 0; size < note.size(); ++size) CHECK(!decode_seen(Exact(Bytes(note.begin(), note.begin() + static_cast<std::ptrdiff_t>(size))).view()));
    Seen many = decode_seen(note).value();
    many.roots.assign(max_seen_roots + 5, crypto::Digest{});
    many.roots.back()[0] = 1;
    const Seen kept = decode_seen(encode_seen(many)).value();
    CHECK(kept.roots.size() == max_seen_roots);
    CHECK(kept.roots.back()[0] == 1);
    many.roots.clear();
    CHECK(!decode_seen(encode_seen(many)));
}

TEST_CASE("seen: pages of every pin open the bundle after a rotation, whatever the device saw before", "[bundle]") {
    const Rotated office;
    const Bytes file = office.after.file();
    for (const int page : {1, 2}) {
        const crypto::Digest pin = pin_of(office.after, page);
        CHECK(opened(file, pin) == "ok");
        CHECK(opened(file, pin, seen_with(office.before, office.before.pin())) == "ok");
        for (const int earlier : {1, 2}) CHECK(opened(file, pin, seen_with(office.after, pin_of(office.after, earlier))) == "ok");
    }
}

TEST_CASE("seen: what a withdrawn online key signs is refused by new pages, and by devices that saw the new root", "[bundle]") {
    const Rotated office;
    const Bytes forged = office.forged();
    const crypto::Digest old_page = pin_of(office.after, 1), new_page = pin_of(office.after, 2);
    CHECK(opened(forged, new_page) == "bundle.wrong_root");  // a first visitor
    for (const crypto::Digest& earlier : {old_page, new_page}) {
        const Bytes seen = seen_with(office.after, earlier);
        CHECK(opened(forged, old_page, seen) == "tuf.rollback");
        CHECK(opened(forged, new_page, seen) == "bundle.wrong_root");
    }
    // The new root alone, put beside what the old key signed, does not help.
    Bundle mixed = decode_bundle(forged).value();
    mixed.metadata.push_back({"2.root.json", office.after.repository.files.at("metadata/2.root.json")});
    CHECK(opened(encode_bundle(mixed).value(), new_page) == "tuf.too_few_signatures");
}

TEST_CASE("seen: versions that a thief ran up do not lock a device out once the key is withdrawn", "[bundle]") {
    const Rotated office;
    const Bytes seen = encode_seen(open_bundle(office.forged(), office.before.pin(), {}).value().seen);
    for (const int page : {1, 2}) CHECK(opened(office.after.file(), pin_of(office.after, page), seen) == "ok");
}

TEST_CASE("seen: leaving out the way from the root that was seen wins nothing", "[bundle]") {
    Rotated office;
    const Bytes of_then = without_root(office.after, 1);
    office.after.publish(bundle_signed_at + 2 * day);
    const crypto::Digest pin = pin_of(office.after, 2);
    const Bytes seen = seen_with(office.after, pin_of(office.after, 1));
    CHECK(opened(of_then, pin, seen) == "tuf.rollback");
    CHECK(opened(without_root(office.after, 1), pin, seen) == "ok");
    // By a device that saw the root before alone it is told by the date.
    BundledDistrict before{office.before};
    before.publish(bundle_signed_at + 3 * day);
    CHECK(opened(without_root(office.after, 1), pin, seen_with(before, before.pin())) == "tuf.rollback");
    CHECK(opened(office.after.file(), pin, seen_with(before, before.pin())) == "ok");
}

TEST_CASE("seen: an office that begins anew is followed by pages that say so", "[bundle]") {
    const BundledDistrict old;
    BundledDistrict anew;
    anew.repository.set_root_role("targets", {"other targets key"});
    anew.repository.bodies["root"]["version"] = 0;
    anew.repository.publish({"root"});
    anew.publish(bundle_signed_at + day);
    const Bytes seen = seen_with(old, old.pin());
    CHECK(opened(anew.file(), anew.pin(), seen) == "ok");
    CHECK(opened(anew.file(), old.pin(), seen) == "bundle.wrong_root");
    anew.publish(bundle_signed_at - day);
    CHECK(opened(anew.file(), anew.pin(), seen) == "tuf.rollback");
}

TEST_CASE("seen: who holds withdrawn root keys leads no device another way", "[bundle]") {
    BundledDistrict office;
    BundledDistrict thief{office};
    office.repository.set_root_role("root", {"new root key"});
    office.repository.signers["root"] = {"root key", "new root key"};
    office.repository.publish({"root"});
    office.publish(bundle_signed_at + day);
    thief.repository.set_root_role("root", {"thief"});
    thief.repository.signers["root"] = {"root key", "thief"};
    thief.repository.publish({"root"});
    thief.publish(bundle_signed_at + 9 * day);
    CHECK(opened(thief.file(), office.pin(), seen_with(office, office.pin())) == "tuf.rollback");
    CHECK(opened(thief.file(), pin_of(office, 2)) == "bundle.wrong_root");
}
