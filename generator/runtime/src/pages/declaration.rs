//! Declarations of requests that page.

/// Implements the methods of a request that pages. The documentation says where a list starts, and how long its pages
/// are.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __pages {
    ($(#[$extent:meta])* impl $name:ident;) => {
        impl $name {
            /// Returns the pages of the list. See [`Pages`](crate::runtime::Pages) for when it ends.
            ///
            $(#[$extent])*
            #[cfg(feature = "async")]
            pub fn pages(self, client: &crate::Client) -> crate::runtime::Pages<crate::runtime::AsyncClient, Self> {
                crate::runtime::Pages::new(&client.0, self)
            }

            /// Returns the items of the list. The next page is requested after the last item of the previous one.
            ///
            $(#[$extent])*
            #[cfg(feature = "async")]
            pub fn items(self, client: &crate::Client) -> crate::runtime::Items<crate::runtime::AsyncClient, Self> {
                self.pages(client).items()
            }

            /// Returns the pages of the list. See [`BlockingPages`](crate::runtime::BlockingPages) for when it ends.
            ///
            $(#[$extent])*
            #[cfg(feature = "blocking")]
            pub fn pages_blocking(
                self,
                client: &crate::BlockingClient,
            ) -> crate::runtime::BlockingPages<crate::runtime::BlockingClient, Self> {
                crate::runtime::BlockingPages::new(&client.0, self)
            }

            /// Returns the items of the list. The next page is requested after the last item of the previous one.
            ///
            $(#[$extent])*
            #[cfg(feature = "blocking")]
            pub fn items_blocking(
                self,
                client: &crate::BlockingClient,
            ) -> crate::runtime::BlockingItems<crate::runtime::BlockingClient, Self> {
                self.pages_blocking(client).items()
            }
        }
    };
}
pub use crate::__pages as pages;
