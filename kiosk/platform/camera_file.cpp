#include <algorithm>
#include <optional>

#include "host/pictures.hpp"
#include "platform/camera.hpp"
#include "platform/y4m.hpp"

namespace pipa::kiosk {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t picture_ms = 1'000;   // how long each picture of a folder stands before the camera
constexpr std::int64_t presence_ms = 500;    // how often we look whether the file is still there

// What files and folders have in common: they can be missing at first, and go away, and come back.
class FileCamera : public Camera {
public:
    explicit FileCamera(fs::path path) : m_path(std::move(path)) {}

    void open() override {
        if (m_open) return;
        m_open = begin();
        if (!m_open) m_status = m_was_live ? CameraStatus::Lost : CameraStatus::Missing;
        else if (!m_was_live) m_status = CameraStatus::Opening;
        m_next_ms = -1;
    }
    void close() override {
        end();
        m_open = m_was_live = false;
        m_status = CameraStatus::Closed;
    }
    bool poll(std::int64_t now_ms, Frame& frame) override {
        if (!m_open || (m_next_ms >= 0 && now_ms < m_next_ms)) return false;
        if (now_ms >= m_look_ms) {
            std::error_code ignored;
            if (!fs::exists(m_path, ignored)) return lose();
            m_look_ms = now_ms + presence_ms;
        }
        if (!read(frame)) return lose();
        m_next_ms = now_ms + interval_ms();
        m_was_live = true;
        m_status = CameraStatus::Live;
        return true;
    }
    [[nodiscard]] CameraStatus status() const override { return m_status; }

protected:
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    virtual bool begin() = 0;
    virtual void end() = 0;
    virtual bool read(Frame& frame) = 0;
    [[nodiscard]] virtual std::int64_t interval_ms() const = 0;

    bool lose() {
        end();
        m_open = false;
        m_was_live = true;
        m_status = CameraStatus::Lost;
        return false;
    }

    fs::path m_path;
    CameraStatus m_status{CameraStatus::Closed};
    bool m_open{};
    bool m_was_live{};
    std::int64_t m_next_ms{-1};
    std::int64_t m_look_ms{};
};

class VideoCamera final : public FileCamera {
public:
    using FileCamera::FileCamera;

private:
    bool begin() override {
        auto file = Y4mFile::open(path());
        if (file) m_file = std::move(*file);
        return file.has_value();
    }
    void end() override { m_file.reset(); }
    bool read(Frame& frame) override { return m_file && m_file->next(frame); }
    [[nodiscard]] std::int64_t interval_ms() const override { return m_file->frame_ms(); }

    std::optional<Y4mFile> m_file{};
};

class FolderCamera final : public FileCamera {
public:
    using FileCamera::FileCamera;

private:
    bool begin() override {
        m_pictures.clear();
        m_at = 0;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(path(), error))
            if (entry.is_regular_file(error)) m_pictures.push_back(entry.path());
        std::ranges::sort(m_pictures);
        return !m_pictures.empty();
    }
    void end() override { m_pictures.clear(); }
    // What is no picture is passed over; a folder without any is no camera.
    bool read(Frame& frame) override {
        for (std::size_t tries = 0; tries < m_pictures.size(); ++tries) {
            const auto picture = load_grey_picture(m_pictures[m_at++ % m_pictures.size()]);
            if (!picture) continue;
            frame = {.width = static_cast<int>(picture->width), .height = static_cast<int>(picture->height), .luma = picture->pixels};
            return true;
        }
        return false;
    }
    [[nodiscard]] std::int64_t interval_ms() const override { return picture_ms; }

    std::vector<fs::path> m_pictures{};
    std::size_t m_at{};
};

}  // namespace

std::unique_ptr<Camera> make_file_camera(const fs::path& path) {
    std::error_code ignored;
    // A folder that is not there yet cannot be told from a file; the name decides.
    if (fs::is_directory(path, ignored) || path.extension() != ".y4m") return std::make_unique<FolderCamera>(path);
    return std::make_unique<VideoCamera>(path);
}

}  // namespace pipa::kiosk
