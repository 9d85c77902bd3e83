//! What the examples share: where the API is, and what may be changed there.

use std::error::Error;
use std::fmt;

use losant_data::ClientBuilder;
use losant_data::ids::ApplicationId;

/// What an example gives.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Any error, in words: `main` prints what it fails with as `Debug` has it.
pub(crate) struct Failure(Box<dyn Error>);

impl<E: Into<Box<dyn Error>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(formatter, "\n  because: {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// Returns a builder for the API that the environment names, and the application to work in.
///
/// An example creates a table of its own and deletes it again.
pub(crate) fn environment() -> Outcome<(ClientBuilder, ApplicationId)> {
    if std::env::var_os("LOSANT_URL").is_none() && std::env::var_os("LOSANT_TOKEN").is_none() {
        return Err("\
LOSANT_URL and LOSANT_TOKEN are not set.
Start the emulator with `cargo xtask emulator` and set them to what it prints; or set LOSANT_TOKEN alone, and
LOSANT_APPLICATION to the id of an application of yours, to work with the real API."
            .into());
    }
    let application = std::env::var("LOSANT_APPLICATION").unwrap_or_else(|_| "575ec8687ae143cd83dc4a97".to_owned());
    Ok((ClientBuilder::from_env()?, application.parse()?))
}
