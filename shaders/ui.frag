#version 300 es
precision mediump float;

uniform sampler2D u_picture;
uniform float u_coverage_only;  // 1: the texture holds how much of a pixel is covered (glyphs), 0: it is a picture

in vec2 v_uv;
in vec4 v_colour;
out vec4 o_colour;

void main() {
    vec4 picture = texture(u_picture, v_uv);
    o_colour = v_colour * mix(picture, vec4(1.0, 1.0, 1.0, picture.r), u_coverage_only);
}
