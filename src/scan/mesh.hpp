// Where the modules of a symbol lie in a picture: a camera's view of a plane, and what bent paper adds to it, as a smooth
// surface through the finders and as many alignment patterns as are seen.
#pragma once

#include <array>
#include <optional>

#include "scan/finders.hpp"
#include "scan/symbol_layout.hpp"

namespace pipa::scan {

struct Pin {  // a place in the symbol, in modules from its top left corner, and where it is in the picture
    Spot module{};
    Spot pixel{};
};

class Mesh {
public:
    // Three pins make an affine view, more a projective one. `bends` is how many terms the rest may have: 0, 6, 8 or 9.
    [[nodiscard]] static std::optional<Mesh> through(const std::vector<Pin>& pins, double size, std::size_t bends, double ridge);

    [[nodiscard]] Spot operator()(Spot module) const noexcept;

private:
    using Bends = std::array<double, 9>;

    [[nodiscard]] Spot plane(Spot unit) const noexcept;
    [[nodiscard]] Spot unit(Spot module) const noexcept { return {2 * module.x / m_size - 1, 2 * module.y / m_size - 1}; }
    static Bends terms(Spot unit) noexcept;
    void bend(const std::vector<Pin>& pins, std::size_t count, double ridge);

    double m_size{1};
    std::array<double, 8> m_plane{};  // over the unit square: (p0 x + p1 y + p2) / (p6 x + p7 y + 1), the same with p3, p4, p5
    std::size_t m_bends{};
    Bends m_x{};
    Bends m_y{};
};

// Through the finders and the alignment pattern at the lower right, if one is seen about there.
[[nodiscard]] std::optional<Mesh> find_plane(const GreyImage& image, const Corner3& corner, const SymbolLayout& layout);

// All that fit the three finders as a symbol of this layout, from the most to the least bent.
[[nodiscard]] std::vector<Mesh> find_meshes(const GreyImage& image, const Corner3& corner, const SymbolLayout& layout);

// How well the two timing patterns alternate under the mesh: 1 as drawn, 0 by chance.
[[nodiscard]] double timing_fit(const GreyImage& image, const Mesh& mesh, std::size_t size);

}  // namespace pipa::scan
