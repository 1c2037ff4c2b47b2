#include "label_video.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "scan/draw_code.hpp"

namespace pipa::kiosk::test {
namespace {

struct Colour {
    double y, u, v;
};
constexpr Colour cardboard{112, 112, 142}, paper{226, 127, 129}, ink{34, 128, 128}, green{84, 112, 104}, grey{178, 128, 128};

// 0..1, the same for the same place.
double grain(int x, int y) {
    const auto mixed = (static_cast<unsigned>(x) * 73856093u ^ static_cast<unsigned>(y) * 19349663u) * 2654435761u;
    return static_cast<double>(mixed >> 16 & 0xFF) / 255.0;
}

class Label {
public:
    explicit Label(std::string_view text) {
        if (text.empty()) return;
        auto drawn = draw_qr_code(text, CorrectionLevel::M);
        if (!drawn) throw std::logic_error("the sample does not fit a QR code");
        m_symbol = std::move(*drawn);
        m_present = true;
    }

    // The colour at a point of the picture, in heights of the label from its middle; its width is 0.80.
    [[nodiscard]] Colour at(double x, double y) const {
        if (!m_present || std::abs(x) > 0.40 || std::abs(y) > 0.5) return cardboard;
        if (y > -0.46 && y < -0.36 && std::abs(x) < 0.34) return green;
        if (const double row = (y - 0.37) / 0.035; row > 0 && row < 3 && row - std::floor(row) < 0.55 && x > -0.30 && x < 0.30 - 0.1 * std::floor(row)) return grey;
        constexpr double half = 0.32;  // the code with its quiet zone, centred a little below the head
        const double u = (x + half) / (2 * half), v = (y - 0.01 + half) / (2 * half);
        if (u < 0 || u >= 1 || v < 0 || v >= 1) return paper;
        const auto modules = static_cast<double>(m_symbol.size) + 8;
        const double column = u * modules - 4, line = v * modules - 4;
        if (column < 0 || line < 0 || column >= modules - 8 || line >= modules - 8) return paper;
        return m_symbol.is_dark(static_cast<std::size_t>(column), static_cast<std::size_t>(line)) ? ink : paper;
    }

private:
    QrSymbol m_symbol{};
    bool m_present{};
};

std::uint8_t limited(double value) { return static_cast<std::uint8_t>(std::fmin(235, std::fmax(16, value))); }

class Painter {
public:
    explicit Painter(const Scene& scene) : m_scene(scene), m_label(scene.text), m_cos(std::cos(scene.angle)), m_sin(std::sin(scene.angle)) {}

    [[nodiscard]] Colour at(double px, double py) const {
        const double scale = m_scene.label_edge * m_scene.height;
        const double x = (px - m_scene.width / 2.0) / scale, y = (py - m_scene.height / 2.0) / scale;
        // A touch of perspective: the label leans back.
        const double lean = 1 + 0.10 * y;
        return m_label.at((x * m_cos + y * m_sin) * lean, (y * m_cos - x * m_sin) * lean);
    }
    [[nodiscard]] double light(double px, double py) const {
        const double x = px / m_scene.width - 0.42, y = py / m_scene.height - 0.40;
        return 1.06 - 0.55 * (x * x + y * y);
    }

private:
    const Scene& m_scene;
    Label m_label;
    double m_cos, m_sin;
};

}  // namespace

Frame draw_scene(const Scene& scene) {
    const Painter painter(scene);
    Frame frame{.width = scene.width, .height = scene.height};
    frame.luma.reserve(static_cast<std::size_t>(scene.width) * static_cast<std::size_t>(scene.height));
    for (int y = 0; y < scene.height; ++y)
        for (int x = 0; x < scene.width; ++x) {
            double sum = 0;  // four samples a pixel: the soft edge of a lens
            for (const double dx : {0.1, 0.9})
                for (const double dy : {0.1, 0.9}) sum += painter.at(x + dx, y + dy).y;
            frame.luma.push_back(limited(sum / 4 * painter.light(x, y) + 9 * grain(x, y) - 4.5));
        }
    for (int y = 0; y < frame.half_height(); ++y)
        for (int x = 0; x < frame.half_width(); ++x) {
            const Colour here = painter.at(2 * x + 1, 2 * y + 1);
            frame.blue.push_back(static_cast<std::uint8_t>(here.u));
            frame.red.push_back(static_cast<std::uint8_t>(here.v));
        }
    return frame;
}

void write_video(const std::filesystem::path& path, const Scene& scene, int empty, int shown) {
    std::ofstream out(path, std::ios::binary);
    out << "YUV4MPEG2 W" << scene.width << " H" << scene.height << " F10:1 Ip A1:1 C420jpeg\n";
    Scene bare = scene;
    bare.text.clear();
    const auto write = [&](const Frame& frame, int times) {
        for (int i = 0; i < times; ++i) out << "FRAME\n" << as_text(frame.luma) << as_text(frame.blue) << as_text(frame.red);
    };
    if (empty > 0) write(draw_scene(bare), empty);
    write(draw_scene(scene), shown);
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace pipa::kiosk::test
