// The block in the editor: what the builder at PORTAL/embed/ says, in fields. No build step: WordPress brings wp.* itself.
(({ blocks, element, components, blockEditor }) => {
  const { createElement: h, Fragment } = element;
  const field = (label, name, { attributes, setAttributes }) =>
    h(components.TextControl, { label, value: attributes[name], onChange: (value) => setAttributes({ [name]: value.trim() }), __nextHasNoMarginBottom: true });
  blocks.registerBlockType('pipa/verify', {
    edit: (props) => h('div', blockEditor.useBlockProps(), h(Fragment, {},
      field('Certificate: text of the code, or number', 'certificate', props),
      field('Pin', 'pin', props),
      h(components.SelectControl, { label: 'Size', value: props.attributes.size, options: ['line', 'card', 'story'].map((value) => ({ value, label: value })), onChange: (size) => props.setAttributes({ size }), __nextHasNoMarginBottom: true }),
      h(components.TextControl, { label: 'Height (px) that is kept free', type: 'number', value: props.attributes.height, onChange: (value) => props.setAttributes({ height: Number(value) || 0 }), __nextHasNoMarginBottom: true }))),
    save: () => null, // drawn by render.php, so that a newer version reaches old articles too
  });
})(globalThis.wp);
