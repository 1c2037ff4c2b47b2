#version 300 es
// Fills of one colour. Without a GPU, looking into a texture for each of their pixels would be most of a frame.
precision mediump float;

in vec4 v_colour;
out vec4 o_colour;

void main() { o_colour = v_colour; }
