// memset and memcpy, eight bytes at a time. In a module built for size Emscripten's are loops of single bytes, which was 5 % of the
// time to judge a dossier; these make it 40 bytes larger in brotli. (memory.fill and memory.copy are slower for what is small.)
#include <stddef.h>
#include <stdint.h>

typedef uint64_t __attribute__((may_alias, aligned(1))) eight_bytes;

void* memset(void* to, int byte, size_t size) {
    unsigned char* at = to;
    const uint64_t eight = 0x0101010101010101U * (unsigned char)byte;
    for (; size >= sizeof eight; size -= sizeof eight, at += sizeof eight) *(eight_bytes*)at = eight;
    for (; size > 0; --size) *at++ = (unsigned char)byte;
    return to;
}

void* memcpy(void* restrict to, const void* restrict from, size_t size) {
    unsigned char* at = to;
    const unsigned char* source = from;
    for (; size >= sizeof(eight_bytes); size -= sizeof(eight_bytes), at += sizeof(eight_bytes), source += sizeof(eight_bytes))
        *(eight_bytes*)at = *(const eight_bytes*)source;
    for (; size > 0; --size) *at++ = *source++;
    return to;
}
