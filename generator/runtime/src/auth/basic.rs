//! User and password as the credentials of a request.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::runtime::auth::scheme::{Credentials, Scheme};

impl Credentials {
    /// Sets user and password of a scheme, in place of those that it has.
    ///
    /// A user with a colon, and control characters in either, make them unfit to be used
    /// ([RFC 7617 §2](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
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

/// Returns what follows the word `Basic`.
pub(crate) fn encode(user: &str, password: &str) -> String {
    BASE64_STANDARD.encode(format!("{user}:{password}"))
}
