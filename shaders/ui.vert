#version 300 es
// Everything that Dear ImGui draws: shapes, icons, text.
precision highp float;

uniform vec2 u_size;  // of the screen in pixels

layout(location = 0) in vec2 a_position;  // pixels from the top left
layout(location = 1) in vec2 a_uv;
layout(location = 2) in vec4 a_colour;

out vec2 v_uv;
out vec4 v_colour;

void main() {
    v_uv = a_uv;
    v_colour = a_colour;
    gl_Position = vec4(a_position / u_size * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
