#version 300 es
// The quiet background of the attract screen: loquats drifting out of focus through warm light, a leaf in each upper
// corner. Drawn small and enlarged (enlarge.frag), which costs little and is the blur.
precision highp float;

uniform float u_seconds;
uniform vec2 u_size;  // of the target in pixels

in vec2 v_uv;
out vec4 o_colour;

const vec3 light_air = vec3(1.000, 0.984, 0.941);
const vec3 warm_air = vec3(1.000, 0.937, 0.800);
const vec3 ripe = vec3(0.937, 0.604, 0.110);
const vec3 sunny = vec3(1.000, 0.859, 0.518);
const vec3 leaf = vec3(0.298, 0.490, 0.294);
const vec3 young_leaf = vec3(0.655, 0.737, 0.412);

float random(float seed) { return fract(sin(seed * 91.3458) * 47453.5453); }

// Adds one fruit at `at`, in units of the shorter edge.
vec3 fruit(vec3 ground, vec2 p, vec2 at, float radius, float blur, float presence) {
    vec2 here = (p - at) / radius;
    here.x *= 1.06;  // a loquat is a little longer than wide
    float inside = 1.0 - smoothstep(1.0 - blur, 1.0 + blur, length(here));
    vec2 from_light = here - vec2(-0.32, 0.40);
    float shade = clamp(1.05 - dot(from_light, from_light) * 0.42, 0.0, 1.0);
    return mix(ground, mix(ripe, sunny, shade), inside * presence);
}

// A leaf with its stalk at `at`, pointing along `angle`.
vec3 blade(vec3 ground, vec2 p, vec2 at, float angle, float size, float presence) {
    vec2 d = p - at;
    vec2 along = vec2(cos(angle), sin(angle));
    vec2 q = vec2(dot(d, along), dot(d, vec2(-along.y, along.x))) / size;
    float half_width = 0.26 * sin(3.14159 * clamp(q.x, 0.0, 1.0)) * (1.0 - 0.25 * q.x);
    float inside = smoothstep(0.05, -0.03, abs(q.y) - half_width) * smoothstep(0.0, 0.12, half_width);
    inside *= step(0.0, q.x) * step(q.x, 1.0);  // towards its point a blade this soft just fades
    float rib = smoothstep(0.05, 0.0, abs(q.y));
    return mix(ground, mix(leaf, young_leaf, 0.35 + 0.4 * rib + 0.3 * q.y), inside * presence);
}

void main() {
    vec2 extent = u_size / min(u_size.x, u_size.y);
    vec2 p = v_uv * extent;
    float glow = 1.0 - smoothstep(0.1, 1.15, distance(v_uv, vec2(0.5, 0.66)));
    vec3 colour = mix(warm_air, light_air, glow);

    for (int i = 0; i < 14; ++i) {
        float seed = float(i) + 1.0;
        float depth = random(seed * 1.7);  // 0 far, 1 near
        float radius = mix(0.030, 0.105, depth * depth);
        float rise = fract(random(seed * 3.1) + u_seconds * mix(0.004, 0.010, depth));
        float sway = 0.020 * sin(u_seconds * mix(0.15, 0.3, depth) + seed * 2.4);
        // Near the side edges, so that the words in the middle stay quiet.
        float side = random(seed * 5.3) < 0.5 ? random(seed * 7.9) * 0.30 : 1.0 - random(seed * 7.9) * 0.30;
        vec2 at = vec2(side * extent.x + sway, rise * (extent.y + 0.4) - 0.2);
        colour = fruit(colour, p, at, radius, mix(0.55, 0.16, depth), mix(0.22, 0.62, depth));
    }

    float wind = 0.035 * sin(u_seconds * 0.35);
    vec2 left = vec2(-0.02, extent.y + 0.02);
    vec2 right = extent + vec2(0.02, 0.02);
    colour = blade(colour, p, left, -0.62 + wind, 0.46, 0.75);
    colour = blade(colour, p, left, -1.10 + wind * 0.8, 0.36, 0.62);
    colour = blade(colour, p, right, 3.14159 + 0.66 - wind, 0.42, 0.70);
    colour = blade(colour, p, right, 3.14159 + 1.12 - wind * 0.8, 0.34, 0.58);
    o_colour = vec4(colour, 1.0);
}
