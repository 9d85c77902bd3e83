//! Declarations of requests.
//!
//! A declaration says what the document says of an operation: the function that makes a request, the fields of the
//! request with the parameters that they are sent as, the method and path, the body, and how responses are read. The
//! type of the request, its setters and methods, and its [`Call`](crate::runtime::Call) follow from that.

/// Declares the requests of an operation.
///
/// ```text
/// codegen::request! {
///     /// Documentation of the operation.
///     pub fn put(table: impl Into<TableId>, body: impl Into<Row>) -> PutRow {
///         table: Required<TableId> = into path("tableId", &TABLE_ID),
///         /// Documentation of the parameter.
///         limit: Option<u64> = value query("limit", Schema::INTEGER).style(Style::Form, false),
///         body_format: Required<Format> = (Format::Json) header("Format", &FORMAT).required(),
///     }
///     PUT "/tables/{tableId}/rows" as "putRow";
///     sends body: Required<Row> = into json(&ROW) as "application/row+json";
///     security &[&[&crate::security::TOKEN]];
///     safe true;
///     -> Result<Row, PutRowError> = json(200);
/// }
/// ```
///
/// - The function takes what is required. In braces are the parameters: a field is `Required`, an `Option` or a `Maybe`.
///   Then comes how its value is given: `value` as it is, `into` by a conversion, or the only value that it has; its
///   location, its name on the wire and its schema; and what differs from the defaults of that location.
/// - The method and the path of the operation, `as` its id.
/// - `sends`: the field of the body, what it is sent as, its schema, and the media type if it is not `application/json`.
/// - `link`: the field for a whole query, of a page that the server names. `server`: the base URL of this operation alone.
///   `security`: the alternatives, each with its schemes. `accept`: the header `Accept` if it is not `application/json`.
///   `safe`: whether a repeated request has no further effect, if the method does not tell. `redirects`: statuses from 300
///   to 399 are documented.
/// - The types of a success and of the documented failures, and how each success is read: the kind of body, with its
///   statuses.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __request {
    (
        $(#$about:tt)*
        pub fn $function:ident($($argument:ident: $argument_type:ty),* $(,)?) -> $name:ident {$(
            $(#$meta:tt)*
            $field:ident: $presence:ident<$type:ty $(,)?> = $give:tt $location:ident($wire:literal, $schema:expr $(,)?)
                $(.$with:ident($($how:expr),* $(,)?))*
        ),* $(,)?}
        $method:tt $path:literal as $id:literal;
        $(
            $(#$body_meta:tt)*
            sends $body:ident: $body_presence:ident<$body_type:ty $(,)?> =
                $body_give:tt $kind:ident($($body_schema:expr $(, $encodings:expr)? $(,)?)?) $(as $media_type:literal)?;
        )?
        $(link $link:ident;)?
        $(server $server:literal;)?
        $(security $security:expr;)?
        $(accept $accept:literal;)?
        $(safe $is_safe:literal;)?
        $(redirects $redirects:ident;)?
        -> Result<$success:ty, $failure:ty $(,)?>
            $(= $($read:ident($($status:tt)+) $(.$expected:ident($($expected_type:expr),* $(,)?))?)+)?;
    ) => {
        $(#$about)*
        pub fn $function($($argument: $argument_type),*) -> $name {
            $name {
                $($field: crate::runtime::codegen::initial!($presence $give $field),)*
                $($body: crate::runtime::codegen::initial!($body_presence $body_give $body),)?
                $($link: None,)?
            }
        }

        #[doc = concat!("A request of [`", stringify!($function), "()`].")]
        #[derive(Debug, Clone)]
        #[must_use = "a request has no effect until it is sent"]
        pub struct $name {
            $($field: crate::runtime::codegen::$presence<$type>,)*
            $($body: crate::runtime::codegen::$body_presence<$body_type>,)?
            $($link: Option<String>,)?
        }

        impl $name {
            crate::runtime::codegen::send!($success, $failure);

            $(crate::runtime::codegen::setter! { $presence $give $field $type {
                $(#$meta)*
                #[doc = ""]
                #[doc = concat!("Sent as `` ", $wire, " `` (in: ", stringify!($location), ").")]
            }})*

            $(crate::runtime::codegen::setter! { $body_presence $body_give $body $body_type {
                $(#$body_meta)*
            }})?
        }

        impl crate::runtime::Call for $name {
            type Success = $success;
            type Failure = $failure;
            type Body = crate::runtime::codegen::http_body!($($kind)?);

            const OPERATION: &'static crate::runtime::Operation = {
                static OPERATION: crate::runtime::Operation = crate::runtime::Operation::new(
                    $id,
                    crate::runtime::codegen::method!($method),
                    $path,
                    &[$(
                        crate::runtime::codegen::Parameter::$location($wire, $schema) $(.$with($($how),*))*
                    ),*],
                )
                $($(.body($body_schema))?)?
                $(.server($server))?
                $(.security($security))?
                $(.accept($accept))?
                $(.safe($is_safe))?
                $(.$redirects())?;
                &OPERATION
            };

            fn arguments(&self) -> crate::runtime::Arguments<'_> {
                crate::runtime::Arguments::new(Vec::from([
                    $(crate::runtime::codegen::argument::$presence(&self.$field)),*
                ]))
                $(.payload(crate::runtime::codegen::payload!(
                    $body_presence $kind, self.$body, [$($media_type)?] $($(, $encodings)?)?
                )))?
                $(.query(self.$link.as_deref()))?
            }

            #[allow(unused_variables, reason = "a response may be read by its status alone")]
            fn success(
                response: &crate::runtime::RawResponse,
            ) -> Result<Option<Self::Success>, crate::runtime::DecodeError> {
                crate::runtime::codegen::success!(
                    response $success $(= $($read($($status)+) $(.$expected($($expected_type),*))?)+)?
                )
            }
        }
    };
}

/// The method of an operation: a constant of the crate `http`, or a text where that has none.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __method {
    ($name:ident) => {
        crate::runtime::codegen::OperationMethod::of(http::Method::$name, stringify!($name))
    };
    ($name:literal) => {{
        static METHOD: std::sync::LazyLock<http::Method> =
            std::sync::LazyLock::new(|| http::Method::from_bytes($name.as_bytes()).unwrap_or_default());
        crate::runtime::codegen::OperationMethod::of_text(&METHOD, $name)
    }};
}

/// Declares requests of an operation that ask for another media type.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __request_as {
    (
        $request:ident.$method:ident() -> $name:ident as $media_type:literal;
        -> Result<$success:ty, $failure:ty $(,)?>
            $(= $($read:ident($($status:tt)+) $(.$expected:ident($($expected_type:expr),* $(,)?))?)+)?;
    ) => {
        #[doc = concat!("A [`", stringify!($request), "`] for the media type `", $media_type, "`.")]
        #[derive(Debug, Clone)]
        #[must_use = "a request has no effect until it is sent"]
        pub struct $name($request);

        impl $name {
            crate::runtime::codegen::send!($success, $failure);
        }

        impl $request {
            #[doc = concat!("Requests the media type `", $media_type, "`.")]
            pub fn $method(self) -> $name {
                $name(self)
            }
        }

        impl crate::runtime::Call for $name {
            type Success = $success;
            type Failure = $failure;
            type Body = <$request as crate::runtime::Call>::Body;

            const OPERATION: &'static crate::runtime::Operation = <$request as crate::runtime::Call>::OPERATION;

            fn arguments(&self) -> crate::runtime::Arguments<'_> {
                crate::runtime::Call::arguments(&self.0).accept($media_type)
            }

            #[allow(unused_variables, reason = "a response may be read by its status alone")]
            fn success(
                response: &crate::runtime::RawResponse,
            ) -> Result<Option<Self::Success>, crate::runtime::DecodeError> {
                crate::runtime::codegen::success!(
                    response $success $(= $($read($($status)+) $(.$expected($($expected_type),*))?)+)?
                )
            }
        }
    };
}

/// The methods that send a request.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __send {
    ($success:ty, $failure:ty) => {
        /// Sends the request and decodes the response.
        ///
        /// # Errors
        ///
        /// If the request does not conform to the document, the call fails, or the response is not a documented
        /// success.
        #[cfg(feature = "async")]
        pub fn send(self, client: &crate::Client) -> crate::runtime::Sending<'_, $success, $failure> {
            client.0.call(&self)
        }

        /// Sends the request, blocks until the response is received, and decodes it.
        ///
        /// # Errors
        ///
        /// If the request does not conform to the document, the call fails, or the response is not a documented
        /// success.
        #[cfg(feature = "blocking")]
        pub fn send_blocking(
            self,
            client: &crate::BlockingClient,
        ) -> Result<crate::runtime::ResponseValue<$success>, crate::runtime::Error<$failure>> {
            client.0.call(&self)
        }
    };
}

/// The value that a field starts with.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __initial {
    (Required into $field:ident) => {
        $field.into()
    };
    (Required value $field:ident) => {
        $field
    };
    (Required $value:tt $field:ident) => {
        $value
    };
    ($presence:ident $give:tt $field:ident) => {
        crate::runtime::codegen::presence::none::$presence()
    };
}

/// The setter of a field that may be absent.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __setter {
    (Required $($rest:tt)*) => {};
    (Option into $field:ident $type:ty { $($meta:tt)* }) => {
        $($meta)*
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (Option value $field:ident $type:ty { $($meta:tt)* }) => {
        $($meta)*
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = Some($field);
            self
        }
    };
    (Option boxed $field:ident $type:ty { $($meta:tt)* }) => {
        $($meta)*
        pub fn $field(mut self, $field: impl Into<<$type as std::ops::Deref>::Target>) -> Self {
            self.$field = Some(Box::new($field.into()));
            self
        }
    };
    (Maybe $give:tt $field:ident $type:ty { $($meta:tt)* }) => {
        $($meta)*
        pub fn $field(mut self, $field: impl Into<crate::runtime::Maybe<$type>>) -> Self {
            self.$field = $field.into();
            self
        }
    };
}

/// The payload of a body that may be absent.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __payload {
    ($presence:ident $kind:ident, $body:expr, [] $($encodings:tt)*) => {
        crate::runtime::codegen::payload!($presence $kind, $body, ["application/json"] $($encodings)*)
    };
    (Required $kind:ident, $body:expr, [$media_type:literal] $(, $encodings:expr)?) => {
        crate::runtime::codegen::Payload::$kind($media_type, &$body $(, $encodings)?)
    };
    (Option $kind:ident, $body:expr, [$media_type:literal] $(, $encodings:expr)?) => {
        match &$body {
            Some(body) => crate::runtime::codegen::Payload::$kind($media_type, body $(, $encodings)?),
            None => crate::runtime::codegen::Payload::None,
        }
    };
    (Maybe $kind:ident, $body:expr, [$media_type:literal] $(, $encodings:expr)?) => {
        match &$body {
            crate::runtime::Maybe::Value(body) => {
                crate::runtime::codegen::Payload::$kind($media_type, body $(, $encodings)?)
            }
            crate::runtime::Maybe::Null => {
                crate::runtime::codegen::Payload::$kind($media_type, &crate::runtime::Json::Null $(, $encodings)?)
            }
            crate::runtime::Maybe::Absent => crate::runtime::codegen::Payload::None,
        }
    };
}

/// The type of the body of the HTTP request, by what the body is made of.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __http_body {
    (multipart) => {
        crate::runtime::Body
    };
    (parts) => {
        crate::runtime::Body
    };
    (upload) => {
        crate::runtime::Body
    };
    ($($kind:ident)?) => {
        bytes::Bytes
    };
}

/// Decodes a response that may be a success: as an enum of successes, or, with the statuses of each, as a type.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __success {
    ($response:ident $success:ty) => {
        <$success as crate::runtime::codegen::Documented>::documented($response)
    };
    // Most operations document one success: a call takes the compiler less than a `match`.
    ($response:ident $success:ty = $read:ident($status:literal)) => {
        crate::runtime::codegen::read::only($response, $status, crate::runtime::codegen::read::$read)
    };
    (
        $response:ident $success:ty =
            $($read:ident($status:pat $(,)?) $(.$expected:ident($($expected_type:expr),* $(,)?))?)+
    ) => {
        Ok(Some(match $response.status.as_u16() {
            $($status => crate::runtime::codegen::read::$read($response $(.$expected($($expected_type),*)?)?)?,)+
            _ => return Ok(None),
        }))
    };
}
