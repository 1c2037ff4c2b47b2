#include "pipa/publish/upload.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

extern char** environ;

namespace pipa::publish {
namespace {

constexpr int no_such_program = 127;

// Runs rclone without a shell; its own messages go where ours do.
Result<void> rclone(std::vector<std::string> words) {
    words.insert(words.begin(), {"rclone", "--quiet", "--retries", "3"});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (const int problem = ::posix_spawnp(&child, "rclone", nullptr, nullptr, arguments.data(), environ); problem != 0)
        return fail(ErrorCode::PublishUploadFailed, {}, problem == ENOENT ? "rclone is not installed (apt-get install rclone)" : std::strerror(problem));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return fail(ErrorCode::PublishUploadFailed, {}, std::strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return fail(ErrorCode::PublishUploadFailed, {}, code == no_such_program ? "rclone is not installed (apt-get install rclone)" : "rclone ended with " + std::to_string(code));
}

struct Step {
    const char* what;
    const char* command;
    const char* path;  // below the tree, and below the remote
    std::vector<std::string> options;
};

}  // namespace

Result<void> upload_tree(const std::filesystem::path& tree, const std::string& remote, const std::function<void(const std::string&)>& watch) {
    // Names of targets carry their hash, those of metadata, supplements and records versions: what is there already is right.
    const std::array steps = {
        Step{"targets", "copy", "/tuf/targets", {"--ignore-existing"}},
        Step{"supplements", "copy", "/tuf/phone", {"--ignore-existing"}},
        Step{"records", "copy", "/records", {"--ignore-existing"}},
        Step{"metadata", "copy", "/tuf/metadata", {"--ignore-existing", "--exclude", "/timestamp.json"}},
        Step{"page", "copy", "", {"--checksum", "--exclude", "/tuf/**", "--exclude", "/records/**"}},
        Step{"timestamp", "copyto", "/tuf/metadata/timestamp.json", {"--ignore-times"}},
    };
    std::error_code error;
    for (const Step& step : steps) {
        const std::filesystem::path source = tree.string() + step.path;
        if (!std::filesystem::exists(source, error)) continue;  // a delegated store has no timestamp
        if (watch) watch(step.what);
        std::vector<std::string> words = {step.command, source.string(), remote + step.path};
        words.insert(words.end(), step.options.begin(), step.options.end());
        if (auto ok = rclone(std::move(words)); !ok) return ok;
    }
    return {};
}

}  // namespace pipa::publish
