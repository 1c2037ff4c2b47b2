<?php
/**
 * Plugin Name: Pipa certificate check
 * Description: A block that shows a signed produce certificate, checked on the reader's device.
 * Version: 0.1.0
 * Requires at least: 6.3
 * Requires PHP: 8.0
 * License: MIT
 */
defined( 'ABSPATH' ) || exit;

add_action( 'init', function () {
	register_block_type( __DIR__ );
	register_setting( 'general', 'pipa_verify_portal', array( 'type' => 'string', 'sanitize_callback' => 'esc_url_raw', 'show_in_rest' => true, 'default' => '' ) );
	// Addresses of the checking site that a reporter pastes into a line of their own (PORTAL/e/NUMBER/, where it offers them).
	$portal = rtrim( get_option( 'pipa_verify_portal', '' ), '/' );
	if ( '' !== $portal ) {
		wp_embed_register_handler( 'pipa-verify', '#^' . preg_quote( $portal, '#' ) . '/e/([A-Z0-9-]{1,32})/?$#', function ( $found ) {
			return render_block( array( 'blockName' => 'pipa/verify', 'attrs' => array( 'certificate' => $found[1] ) ) );
		} );
	}
} );

add_action( 'admin_init', function () {
	add_settings_field( 'pipa_verify_portal', 'Checking site (Pipa)', function () {
		printf( '<input type="url" name="pipa_verify_portal" value="%s" class="regular-text" placeholder="https://pipa.example">', esc_attr( get_option( 'pipa_verify_portal', '' ) ) );
	}, 'general' );
} );
