#include "crypto/ed25519_batch.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

extern "C" {
#include <sodium/private/configured.h>
#include <sodium/private/ed25519_ref10.h>
}

namespace pipa::crypto {
namespace {

using Scalar = std::array<std::uint8_t, 32>;       // little-endian, below the group's order L
using Coefficient = std::array<std::uint8_t, 16>;  // little-endian
using Hash = std::array<std::uint8_t, 64>;

// The base point's negative, encoded: decoding below negates once more.
constexpr Scalar minus_base = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                               0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0xE6};
constexpr Scalar identity_bytes = {1};

ge25519_p3 identity() noexcept {
    ge25519_p3 point;
    fe25519_0(point.X);
    fe25519_1(point.Y);
    fe25519_1(point.Z);
    fe25519_0(point.T);
    return point;
}

ge25519_cached cached(const ge25519_p3& point) noexcept {
    ge25519_cached out;
    ge25519_p3_to_cached(&out, &point);
    return out;
}

void add(ge25519_p3& out, const ge25519_p3& sum, const ge25519_cached& point, bool negated) noexcept {
    ge25519_p1p1 completed;
    negated ? ge25519_sub(&completed, &sum, &point) : ge25519_add(&completed, &sum, &point);
    ge25519_p1p1_to_p3(&out, &completed);
}
void add(ge25519_p3& sum, const ge25519_cached& point) noexcept { add(sum, sum, point, false); }

// The addition formulas are complete, so a point may be added to itself.
void double_times(ge25519_p3& point, int times) noexcept {
    for (int i = 0; i < times; ++i) add(point, cached(point));
}

// What came into a bucket, up to its sign: that of the first point, which is not copied, since most additions to nothing and
// most negations would be.
struct Bucket {
    const ge25519_p3* first{};  // none: empty
    ge25519_p3 sum{};           // from the second point on
    bool negated{};
    bool single{};

    void put(const ge25519_p3& point, const ge25519_cached& same, bool negative) noexcept {
        if (first != nullptr) {
            add(sum, value(), same, negative != negated);
            single = false;
            return;
        }
        first = &point;
        negated = negative;
        single = true;
    }
    [[nodiscard]] const ge25519_p3& value() const noexcept { return single ? *first : sum; }
};

// A sum of points, each times a coefficient of 128 bits, by Pippenger's buckets with signed digits.
class WeightedSum {
public:
    explicit WeightedSum(std::size_t terms) : m_width(terms < 16 ? 3 : terms < 50 ? 4 : terms < 120 ? 5 : terms < 600 ? 6 : max_width), m_windows(128 / m_width + 1) {
        m_points.reserve(terms);
        m_cached.reserve(terms);
        m_digits.reserve(terms * m_windows);
    }

    void add_term(const ge25519_p3& point, const std::uint8_t* coefficient) {
        m_points.push_back(point);
        m_cached.push_back(cached(point));
        const int half = 1 << (m_width - 1);
        int carry = 0;
        for (std::size_t window = 0; window < m_windows; ++window) {
            int digit = carry;
            for (std::size_t bit = 0; bit < m_width; ++bit) {
                const std::size_t at = window * m_width + bit;
                if (at < 128) digit += (coefficient[at / 8] >> (at % 8) & 1) << bit;
            }
            carry = digit > half ? 1 : 0;
            m_digits.push_back(static_cast<std::int8_t>(digit - (carry << m_width)));
        }
    }

    // A coefficient of 253 bits is two of 128, the upper one for the point 128 times doubled.
    void add_long_term(ge25519_p3 point, const Scalar& scalar) {
        add_term(point, scalar.data());
        double_times(point, 128);
        add_term(point, scalar.data() + 16);
    }

    [[nodiscard]] bool is_identity() const {
        ge25519_p3 sum = identity();
        std::vector<Bucket> buckets(std::size_t{1} << (m_width - 1));
        for (std::size_t window = m_windows; window-- > 0;) {
            double_times(sum, static_cast<int>(m_width));
            add_window(sum, window, buckets);
        }
        Scalar encoded;
        ge25519_p3_tobytes(encoded.data(), &sum);
        return encoded == identity_bytes;
    }

private:
    // Points go to the bucket of their digit; bucket b counts b times, by adding up running sums from the top.
    void add_window(ge25519_p3& sum, std::size_t window, std::span<Bucket> buckets) const {
        for (Bucket& bucket : buckets) bucket.first = nullptr;
        for (std::size_t i = 0; i < m_points.size(); ++i)
            if (const int digit = m_digits[i * m_windows + window]; digit != 0)
                buckets[static_cast<std::size_t>(std::abs(digit)) - 1].put(m_points[i], m_cached[i], digit < 0);
        ge25519_p3 running = identity();
        bool any = false;
        for (std::size_t b = buckets.size(); b-- > 0;) {
            if (buckets[b].first != nullptr) add(running, running, cached(buckets[b].value()), buckets[b].negated);
            any = any || buckets[b].first != nullptr;
            if (any) add(sum, cached(running));
        }
    }

    static constexpr std::size_t max_width = 7;

    std::size_t m_width;  // bits of a digit
    std::size_t m_windows;
    std::vector<ge25519_p3> m_points{};
    std::vector<ge25519_cached> m_cached{};
    std::vector<std::int8_t> m_digits{};
};

// Reads a point and negates it; false where libsodium's own verification refuses the encoding. It compares R byte by byte with one
// that it wrote, so R is canonical there too.
bool read_negated(ge25519_p3& point, ByteView encoded) noexcept {
    return ge25519_is_canonical(encoded.data()) != 0 && ge25519_has_small_order(encoded.data()) == 0 &&
           ge25519_frombytes_negate_vartime(&point, encoded.data()) == 0;
}

struct Key {
    ByteView encoded{};
    std::size_t uses{};
    ge25519_p3 negated{};
    Scalar sum{};  // of its signatures' coefficients times their hashes
    bool usable{};
};

struct Item {  // one signature of the equation
    std::size_t at{};
    std::size_t key{};
    ge25519_p3 negated_r{};
    Hash hash{};
};

class Batch {
public:
    explicit Batch(std::span<const SignedMessage> batch) : m_batch(batch) {
        count_keys();
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (m_key_of[i] < m_keys.size() && m_keys[m_key_of[i]].usable) add_item(i);
    }

    [[nodiscard]] std::span<const Item> items() const noexcept { return m_items; }

    // sum of z(sB - hA - R) = 0 over all, with one coefficient z each and the terms of a key merged.
    [[nodiscard]] bool fits() {
        WeightedSum sum(m_items.size() + 2 * m_keys.size() + 2);
        const Hash seed = make_seed();
        Hash block{};
        Scalar of_base{};
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (i % 4 == 0) block = block_of(seed, i / 4);
            Scalar z{};
            std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(i % 4 * 16), 16, z.begin());
            z[0] |= 1;  // odd: a point of small order never vanishes by itself
            const Item& item = m_items[i];
            Hash reduced = item.hash;
            sc25519_reduce(reduced.data());
            Scalar& of_key = m_keys[item.key].sum;
            sc25519_muladd(of_key.data(), z.data(), reduced.data(), of_key.data());
            sc25519_muladd(of_base.data(), z.data(), m_batch[item.at].signature.data() + 32, of_base.data());
            sum.add_term(item.negated_r, z.data());
        }
        for (const Key& key : m_keys)
            if (key.usable) sum.add_long_term(key.negated, key.sum);
        ge25519_p3 base;
        ge25519_frombytes_negate_vartime(&base, minus_base.data());
        sum.add_long_term(base, of_base);
        return sum.is_identity();
    }

private:
    // A dossier has few keys. One of mixed order would need its products exactly, which the equation only keeps modulo L.
    void count_keys() {
        for (const SignedMessage& one : m_batch) {
            const bool sized = one.public_key.size() == public_key_size && one.signature.size() == signature_size;
            const auto same = [&](const Key& key) { return std::ranges::equal(key.encoded, one.public_key); };
            const auto known = std::ranges::find_if(m_keys, same);
            m_key_of.push_back(sized ? static_cast<std::size_t>(known - m_keys.begin()) : SIZE_MAX);
            if (!sized) continue;
            if (known == m_keys.end()) m_keys.push_back({.encoded = one.public_key, .uses = 1});
            else ++known->uses;
        }
        for (Key& key : m_keys)
            key.usable = key.uses >= min_batch_of_key && read_negated(key.negated, key.encoded) && ge25519_is_on_main_subgroup(&key.negated) != 0;
    }

    void add_item(std::size_t at) {
        const SignedMessage& one = m_batch[at];
        Item item{.at = at, .key = m_key_of[at]};
        if (sc25519_is_canonical(one.signature.data() + 32) == 0 || !read_negated(item.negated_r, one.signature.first(32))) return;
        crypto_hash_sha512_state state;
        crypto_hash_sha512_init(&state);
        crypto_hash_sha512_update(&state, one.signature.data(), 32);
        crypto_hash_sha512_update(&state, one.public_key.data(), one.public_key.size());
        crypto_hash_sha512_update(&state, one.message.data(), one.message.size());
        crypto_hash_sha512_final(&state, item.hash.data());
        m_items.push_back(item);
    }

    // A signature's hash stands for its R, key and message.
    [[nodiscard]] Hash make_seed() const {
        constexpr std::string_view domain = "pipa ed25519 batch 1";
        crypto_hash_sha512_state state;
        crypto_hash_sha512_init(&state);
        crypto_hash_sha512_update(&state, as_bytes(domain).data(), domain.size());
        for (const Item& item : m_items) {
            crypto_hash_sha512_update(&state, item.hash.data(), item.hash.size());
            crypto_hash_sha512_update(&state, m_batch[item.at].signature.data() + 32, 32);
        }
        Hash seed;
        crypto_hash_sha512_final(&state, seed.data());
        return seed;
    }

    // Four coefficients.
    [[nodiscard]] static Hash block_of(const Hash& seed, std::size_t number) {
        std::array<std::uint8_t, 68> input{};
        std::ranges::copy(seed, input.begin());
        for (std::size_t i = 0; i < 4; ++i) input[64 + i] = static_cast<std::uint8_t>(number >> (8 * i));
        Hash block;
        crypto_hash_sha512(block.data(), input.data(), input.size());
        return block;
    }

    std::span<const SignedMessage> m_batch;
    std::vector<Key> m_keys{};
    std::vector<std::size_t> m_key_of{};  // beside m_batch; none where a size is wrong
    std::vector<Item> m_items{};
};

}  // namespace

BatchOutcome verify_ed25519_batch(std::span<const SignedMessage> messages) {
    BatchOutcome out;
    std::vector<bool> answered(messages.size());
    out.checks.assign(messages.size(), SignatureCheck::Wrong);
    if (messages.size() >= min_batch) {
        Batch batch(messages);
        if (batch.items().size() >= min_batch && batch.fits()) {
            out.in_equation = batch.items().size();
            for (const Item& item : batch.items()) {
                out.checks[item.at] = SignatureCheck::Valid;
                answered[item.at] = true;
            }
        }
    }
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (!answered[i]) out.checks[i] = verify_ed25519(messages[i].public_key, messages[i].message, messages[i].signature);
    return out;
}

}  // namespace pipa::crypto
