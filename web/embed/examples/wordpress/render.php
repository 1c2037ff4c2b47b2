<?php
/**
 * What readers get: the frame, which every theme and every feed keeps, and a link beside it. $attributes is WordPress's.
 */
defined( 'ABSPATH' ) || exit;
if ( '' === $attributes['certificate'] ) {
	return;
}
$portal = rtrim( get_option( 'pipa_verify_portal', '' ), '/' );
if ( '' === $portal ) {
	return;
}
$wishes = array_filter( array( 'certificate' => $attributes['certificate'], 'pin' => $attributes['pin'], 'size' => $attributes['size'], 'lang' => get_bloginfo( 'language' ) ) );
$label  = __( 'Check this certificate', 'pipa-verify' );
?>
<div <?php echo get_block_wrapper_attributes(); // phpcs:ignore WordPress.Security.EscapeOutput ?>>
	<iframe src="<?php echo esc_url( $portal . '/embed/#' . http_build_query( $wishes, '', '&', PHP_QUERY_RFC3986 ) ); ?>" title="<?php echo esc_attr( $label ); ?>" width="100%" height="<?php echo absint( $attributes['height'] ); ?>" style="border:0;color-scheme:light dark" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" loading="lazy"></iframe>
	<p><a href="<?php echo esc_url( $portal . '/C/#' . ( str_contains( $attributes['certificate'], '#' ) ? substr( strstr( $attributes['certificate'], '#' ), 1 ) : '~' . rawurlencode( $attributes['certificate'] ) ) ); ?>"><?php echo esc_html( $label ); ?></a></p>
</div>
