#version 300 es
// Shows a small picture large, with a grain finer than one step of colour so that smooth tones show no bands.
precision highp float;

uniform sampler2D u_picture;

in vec2 v_uv;
out vec4 o_colour;

float grain(vec2 p) { return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715)))); }

void main() {
    vec3 colour = texture(u_picture, v_uv).rgb;
    o_colour = vec4(colour + (grain(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
