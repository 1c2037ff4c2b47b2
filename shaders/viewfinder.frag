#version 300 es
// A frame of the camera, planes of brightness and colour difference (BT.601, limited range), as a picture for the screen:
// cut to the wanted shape and mirrored where the camera looks at the visitor.
precision mediump float;

uniform sampler2D u_luma;
uniform sampler2D u_blue;   // Cb; half as large in either direction
uniform sampler2D u_red;    // Cr
uniform vec4 u_part;        // of the frame that is shown: left, top, width, height, each 0..1
uniform float u_has_colour; // 0: brightness alone

in vec2 v_uv;
out vec4 o_colour;

void main() {
    vec2 at = u_part.xy + v_uv * u_part.zw;
    float y = 1.1644 * (texture(u_luma, at).r - 0.0627);
    vec2 c = u_has_colour * (vec2(texture(u_blue, at).r, texture(u_red, at).r) - 0.502);
    o_colour = vec4(y + 1.596 * c.y, y - 0.3918 * c.x - 0.813 * c.y, y + 2.0172 * c.x, 1.0);
}
