//! TLS by rustls with the `ring` provider. It installs no default provider for the process.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

/// Returns the provider.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Returns a configuration that trusts the root certificates of the platform.
#[cfg(feature = "reqwest")]
pub(crate) fn config() -> Result<rustls::ClientConfig, crate::runtime::ConfigError> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let config = rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| crate::runtime::ConfigError::Http(error.into()))?;
    Ok(config.with_no_client_auth())
}
