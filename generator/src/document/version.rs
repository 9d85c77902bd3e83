//! The versions of `OpenAPI`.

/// The versions of `OpenAPI` that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}
