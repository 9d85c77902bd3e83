//! User name and password as the credentials of a request.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::runtime::auth::scheme::{Credentials, Scheme};

impl Credentials {
    /// Sets the user name and password of a scheme, and replaces its credentials.
    ///
    /// A user name with a colon is invalid, and so are control characters ([RFC 7617
    /// §2](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
    pub fn set_basic(&mut self, scheme: &'static Scheme, user: &str, password: &str) {
        let secret = if user.contains(':') {
            Err("the user has a colon")
        } else if user.chars().chain(password.chars()).any(char::is_control) {
            Err("they have a control character")
        } else {
            Ok(encode(user, password))
        };
        self.put(scheme, secret);
    }
}

/// Returns the value after `Basic` in the header.
pub(crate) fn encode(user: &str, password: &str) -> String {
    BASE64_STANDARD.encode(format!("{user}:{password}"))
}
