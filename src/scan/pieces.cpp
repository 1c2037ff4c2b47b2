#include "scan/pieces.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <utility>

namespace pipa::scan {
namespace {

constexpr std::uint32_t margin = 3;  // so much darker than the mean: flat paper is no piece

struct Run {
    std::uint32_t begin{};
    std::uint32_t end{};  // exclusive
    std::uint32_t piece{};
};

class Collector {
public:
    void add_row(std::uint32_t y, std::vector<Run>& runs) {
        std::size_t above = 0;
        for (Run& run : runs) {
            while (above < m_before.size() && m_before[above].end <= run.begin) ++above;
            bool known = false;
            for (std::size_t i = above; i < m_before.size() && m_before[i].begin < run.end; ++i) {
                const std::uint32_t root = root_of(m_before[i].piece);
                if (known) join(run.piece, root);
                else run.piece = root;
                run.piece = root_of(run.piece);
                known = true;
            }
            if (!known) {
                run.piece = static_cast<std::uint32_t>(m_pieces.size());
                m_parents.push_back(run.piece);
                m_pieces.push_back({.left = run.begin, .right = run.end - 1, .top = y, .bottom = y});
            }
            grow(m_pieces[run.piece], run, y);
        }
        m_before.swap(runs);
    }
    [[nodiscard]] bool is_full() const noexcept { return m_pieces.size() > max_pieces; }
    [[nodiscard]] std::vector<Piece> take() {
        std::vector<Piece> out;
        for (std::uint32_t i = 0; i < m_pieces.size(); ++i)
            if (m_parents[i] == i && m_pieces[i].area >= 8) out.push_back(m_pieces[i]);
        return out;
    }

private:
    std::uint32_t root_of(std::uint32_t piece) {
        while (m_parents[piece] != piece) piece = m_parents[piece] = m_parents[m_parents[piece]];
        return piece;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = root_of(a);
        b = root_of(b);
        if (a == b) return;
        if (b < a) std::swap(a, b);
        m_parents[b] = a;
        Piece& into = m_pieces[a];
        const Piece& from = m_pieces[b];
        into.left = std::min(into.left, from.left);
        into.right = std::max(into.right, from.right);
        into.top = std::min(into.top, from.top);
        into.bottom = std::max(into.bottom, from.bottom);
        into.area += from.area;
        into.sum_x += from.sum_x;
        into.sum_y += from.sum_y;
    }
    static void grow(Piece& piece, const Run& run, std::uint32_t y) noexcept {
        const std::uint64_t count = run.end - run.begin;
        piece.left = std::min(piece.left, run.begin);
        piece.right = std::max(piece.right, run.end - 1);
        piece.bottom = std::max(piece.bottom, y);
        piece.area += count;
        piece.sum_x += count * (run.begin + run.end - 1) / 2;
        piece.sum_y += count * y;
    }

    std::vector<Run> m_before;
    std::vector<std::uint32_t> m_parents;
    std::vector<Piece> m_pieces;
};

}  // namespace

void find_edges(const std::vector<std::uint8_t>& mask, std::size_t width, std::vector<std::uint32_t>& edges) {
    static_assert(std::endian::native == std::endian::little);
    edges.clear();
    std::uint64_t before = 0;  // the last pixel's
    for (std::size_t x = 0; x <= width; x += 8) {  // eight pixels at once: bytes that differ from the one before them
        std::uint64_t eight = 0;
        std::memcpy(&eight, mask.data() + x, 8);
        std::uint64_t changed = eight ^ (eight << 8 | before);
        before = eight >> 56;
        for (; changed != 0; changed &= changed - 1)
            edges.push_back(static_cast<std::uint32_t>(x + static_cast<std::size_t>(std::countr_zero(changed)) / 8));
    }
}

LocalMeans::LocalMeans(const GreyImage& image)
    : m_image{image}, m_columns{image.width / side}, m_rows{image.height / side}, m_sums((m_columns + 1) * (m_rows + 1)) {
    std::vector<std::uint32_t> in_row(image.width);
    for (std::size_t y = 0; y < m_rows; ++y) {
        const std::uint8_t* row = image.pixels + y * side * image.row_stride;
        for (std::size_t x = 0; x < image.width; ++x)
            in_row[x] = static_cast<std::uint32_t>(row[x] + row[x + image.row_stride] + row[x + 2 * image.row_stride] + row[x + 3 * image.row_stride]);
        std::uint32_t sum = 0;
        for (std::size_t x = 0; x < m_columns; ++x) {
            sum += in_row[side * x] + in_row[side * x + 1] + in_row[side * x + 2] + in_row[side * x + 3];
            m_sums[(y + 1) * (m_columns + 1) + x + 1] = m_sums[y * (m_columns + 1) + x + 1] + sum;
        }
    }
}

void LocalMeans::find_block_thresholds(std::size_t radius, std::span<std::uint8_t> out) const {
    for (std::size_t row = 0; row < m_rows; ++row) {
        const std::size_t top = row > radius ? row - radius : 0;
        const std::size_t bottom = std::min(m_rows, row + radius + 1);
        const std::uint32_t* upper = m_sums.data() + top * (m_columns + 1);
        const std::uint32_t* lower = m_sums.data() + bottom * (m_columns + 1);
        for (std::size_t x = 0; x < m_columns; ++x) {
            const std::size_t left = x > radius ? x - radius : 0;
            const std::size_t right = std::min(m_columns, x + radius + 1);
            const std::uint32_t sum = lower[right] - lower[left] - upper[right] + upper[left];
            const auto mean = sum / static_cast<std::uint32_t>((bottom - top) * (right - left) * side * side);
            out[row * m_columns + x] = static_cast<std::uint8_t>(mean > margin ? mean - margin : 0);
        }
    }
}

std::vector<Piece> dark_pieces(const LocalMeans& means, std::size_t window) {
    constexpr std::size_t side = LocalMeans::side;
    const GreyImage& image = means.image();
    const std::size_t columns = means.columns();
    if (columns == 0 || means.rows() == 0) return {};
    std::vector<std::uint8_t> thresholds(columns * means.rows()), mask(image.width + 8);
    means.find_block_thresholds(std::max<std::size_t>(1, window / 2 / side), thresholds);
    Collector collector;
    std::vector<std::uint32_t> edges;
    std::vector<Run> runs;
    for (std::size_t y = 0; y < image.height; ++y) {
        const std::uint8_t* row = image.pixels + y * image.row_stride;
        const std::uint8_t* most = thresholds.data() + std::min(y / side, means.rows() - 1) * columns;
        for (std::size_t block = 0; block < columns; ++block)
            for (std::size_t k = 0; k < side; ++k) mask[block * side + k] = row[block * side + k] <= most[block] ? 1 : 0;
        find_edges(mask, image.width, edges);
        runs.clear();
        for (std::size_t i = 0; i + 1 < edges.size(); i += 2) runs.push_back({.begin = edges[i], .end = edges[i + 1]});
        collector.add_row(static_cast<std::uint32_t>(y), runs);
        if (collector.is_full()) return {};
    }
    return collector.take();
}

}  // namespace pipa::scan
