//! The kinds of changes, each with its code.

use std::fmt;

/// Defines [`ChangeKind`] by a table of the kinds: documentation, name and code.
macro_rules! kinds {
    ($( $(#[$docs:meta])+ $name:ident = $code:literal, )+) => {
        /// The kind of a change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $( $(#[$docs])+ $name, )+
        }

        impl ChangeKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$( Self::$name ),+];

            /// Returns the code of the kind, which stays the same from release to release.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $( Self::$name => $code, )+
                }
            }
        }
    };
}

kinds! {
    /// An operation is new.
    OperationAdded = "operation-added",
    /// An operation is gone.
    OperationRemoved = "operation-removed",
    /// An operation has another `operationId`.
    OperationRenamed = "operation-renamed",
    /// An operation has another method or path.
    OperationMoved = "operation-moved",
    /// A parameter is new.
    ParameterAdded = "parameter-added",
    /// A parameter is gone.
    ParameterRemoved = "parameter-removed",
    /// An optional parameter is required.
    ParameterRequired = "parameter-required",
    /// A required parameter is optional.
    ParameterOptional = "parameter-optional",
    /// A parameter stands elsewhere: `in` differs.
    ParameterMoved = "parameter-moved",
    /// `style`, `explode`, `allowReserved` or `content` of a parameter differ.
    ParameterStyleChanged = "parameter-style-changed",
    /// An operation has a request body.
    BodyAdded = "body-added",
    /// An operation has no request body any more.
    BodyRemoved = "body-removed",
    /// An optional request body is required.
    BodyRequired = "body-required",
    /// A required request body is optional.
    BodyOptional = "body-optional",
    /// The content of a body, or how it is encoded, differs.
    BodyContentChanged = "body-content-changed",
    /// A part of a `multipart` body is new.
    PartAdded = "part-added",
    /// A part of a `multipart` body is gone.
    PartRemoved = "part-removed",
    /// A part of a `multipart` body differs.
    PartChanged = "part-changed",
    /// A media type is new.
    MediaTypeAdded = "media-type-added",
    /// A media type is gone.
    MediaTypeRemoved = "media-type-removed",
    /// A status is new.
    ResponseAdded = "response-added",
    /// A status is gone.
    ResponseRemoved = "response-removed",
    /// A status has another content.
    ResponseContentChanged = "response-content-changed",
    /// A header of responses is new.
    ResponseHeaderAdded = "response-header-added",
    /// A header of responses is gone.
    ResponseHeaderRemoved = "response-header-removed",
    /// A header of responses differs.
    ResponseHeaderChanged = "response-header-changed",
    /// How the body of a response is streamed differs.
    StreamChanged = "stream-changed",
    /// A schema is new.
    TypeAdded = "type-added",
    /// A schema is gone.
    TypeRemoved = "type-removed",
    /// A schema has another name in the document.
    TypeRenamed = "type-renamed",
    /// The values of a schema are of another type.
    TypeChanged = "type-changed",
    /// Something may be `null`.
    Nullable = "nullable",
    /// Something may not be `null` any more.
    NotNullable = "not-nullable",
    /// A property is new.
    PropertyAdded = "property-added",
    /// A property is gone.
    PropertyRemoved = "property-removed",
    /// An optional property is required.
    PropertyRequired = "property-required",
    /// A required property is optional.
    PropertyOptional = "property-optional",
    /// What a schema says of properties that it does not name differs.
    AdditionalPropertiesChanged = "additional-properties-changed",
    /// An enum has a new value.
    EnumValueAdded = "enum-value-added",
    /// A value of an enum is gone.
    EnumValueRemoved = "enum-value-removed",
    /// An enum allows strings that it does not list, or does so no more.
    EnumOpennessChanged = "enum-openness-changed",
    /// A union has a new subschema.
    VariantAdded = "variant-added",
    /// A subschema of a union is gone.
    VariantRemoved = "variant-removed",
    /// The discriminator of a union differs.
    DiscriminatorChanged = "discriminator-changed",
    /// A keyword allows more values.
    ConstraintWidened = "constraint-widened",
    /// A keyword allows fewer values.
    ConstraintNarrowed = "constraint-narrowed",
    /// A keyword allows other values.
    ConstraintChanged = "constraint-changed",
    /// The only value of something differs.
    ConstantChanged = "constant-changed",
    /// A default differs.
    DefaultChanged = "default-changed",
    /// `readOnly` or `writeOnly` differ, or whether requests have a schema.
    DirectionChanged = "direction-changed",
    /// Something is deprecated.
    Deprecated = "deprecated",
    /// Something is not deprecated any more.
    NotDeprecated = "not-deprecated",
    /// A security scheme is new.
    SecuritySchemeAdded = "security-scheme-added",
    /// A security scheme is gone.
    SecuritySchemeRemoved = "security-scheme-removed",
    /// A security scheme differs.
    SecuritySchemeChanged = "security-scheme-changed",
    /// An operation asks for other credentials.
    SecurityChanged = "security-changed",
    /// A server is new.
    ServerAdded = "server-added",
    /// A server is gone.
    ServerRemoved = "server-removed",
    /// A server differs, or the one that requests go to.
    ServerChanged = "server-changed",
    /// A list has pages.
    PaginationAdded = "pagination-added",
    /// A list has no pages any more.
    PaginationRemoved = "pagination-removed",
    /// The pages of a list are requested otherwise.
    PaginationChanged = "pagination-changed",
    /// Whether a repeated request has no further effect differs.
    SafetyChanged = "safety-changed",
    /// A webhook or callback is new.
    WebhookAdded = "webhook-added",
    /// A webhook or callback is gone.
    WebhookRemoved = "webhook-removed",
    /// The content of a webhook or callback differs.
    WebhookChanged = "webhook-changed",
    /// A Cargo feature is new.
    FeatureAdded = "feature-added",
    /// A Cargo feature is gone.
    FeatureRemoved = "feature-removed",
    /// An item is compiled with other features.
    AvailabilityChanged = "availability-changed",
    /// An item has another name in Rust, and the same in the document.
    NameChanged = "name-changed",
    /// A field is in a `Box`, or is so no more.
    BoxChanged = "box-changed",
    /// A type lacks a conversion that it had.
    ConversionRemoved = "conversion-removed",
    /// A header, environment variable or other setting of the client differs.
    ClientChanged = "client-changed",
    /// Items stand in another order, or differ in what is private.
    LayoutChanged = "layout-changed",
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
