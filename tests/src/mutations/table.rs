//! The table of the mutations.

use generator::ChangeKind;

use super::Mutation;
use super::edits::Edit;
use super::places::At;
use super::suits::{self, any};
use super::{operation_edits as operations, schema_edits as schemas};

/// Makes a row of each line: what the mutation is called, where it applies, what it does, and the kinds of changes that a
/// diff finds, in either direction.
macro_rules! mutations {
    ($( $name:literal, $at:ident if $suits:expr => $edit:expr, $forth:ident / $back:ident; )+) => {
        /// Every mutation.
        pub const MUTATIONS: &[Mutation] = &[$(
            Mutation {
                name: $name,
                at: At::$at,
                suits: $suits,
                edit: $edit,
                forth: ChangeKind::$forth,
                back: ChangeKind::$back,
            },
        )+];
    };
}

mutations! {
    // Mutations of operations.
    "operation-added", Operation if any => Edit::Other(operations::add_operation), OperationAdded / OperationRemoved;
    "operation-of-a-new-tag-added", Root if any =>
        Edit::Other(operations::add_operation),
        FeatureAdded / FeatureRemoved;
    "operation-removed", Operation if any => Edit::Remove, OperationRemoved / OperationAdded;
    "operation-renamed", Operation if suits::has_id =>
        Edit::Put("operationId", r#""renamedByMutation""#),
        OperationRenamed / OperationRenamed;
    "operation-moved", PathItem if any => Edit::Other(operations::move_path), OperationMoved / OperationMoved;
    "operation-by-another-method", PathItem if suits::has_get_alone =>
        Edit::Other(operations::post_in_place_of_get),
        SafetyChanged / SafetyChanged;
    "operation-of-another-tag", Operation if suits::has_tags =>
        Edit::Put("tags", r#"["moved-by-mutation"]"#),
        NameChanged / NameChanged;
    "operation-deprecated", Operation if suits::is_not_deprecated =>
        Edit::Put("deprecated", "true"),
        Deprecated / NotDeprecated;
    "operation-asks-for-a-key", Operation if any =>
        Edit::Other(operations::ask_for_key),
        SecuritySchemeAdded / SecuritySchemeRemoved;
    "operation-asks-for-nothing", Operation if suits::has_security =>
        Edit::Put("security", "[]"),
        SecurityChanged / SecurityChanged;
    "operation-at-another-server", Operation if suits::has_no_servers =>
        Edit::Put("servers", r#"[{"url":"https://added-by-mutation.example"}]"#),
        ServerAdded / ServerRemoved;
    "callback-added", Operation if any => Edit::Other(operations::add_callback), WebhookAdded / WebhookRemoved;
    // Mutations of parameters.
    "parameter-optional-added", Operation if any =>
        Edit::Push("parameters", r#"{"name":"addedByMutation","in":"query","schema":{"type":"string"}}"#),
        ParameterAdded / ParameterRemoved;
    "parameter-required-added", Operation if any =>
        Edit::Push("parameters", r#"{"name":"addedByMutation","in":"query","required":true,"schema":{"type":"string"}}"#),
        ParameterAdded / ParameterRemoved;
    "header-parameter-added", Operation if any =>
        Edit::Push("parameters", r#"{"name":"X-Added-By-Mutation","in":"header","schema":{"type":"integer"}}"#),
        ParameterAdded / ParameterRemoved;
    "parameter-of-an-enum-added", Operation if any =>
        Edit::Push("parameters", r#"{"name":"addedByMutation","in":"query","schema":{"type":"string","enum":["one","two"]}}"#),
        ParameterAdded / ParameterRemoved;
    "parameter-removed", Parameter if suits::is_query => Edit::Remove, ParameterRemoved / ParameterAdded;
    "parameter-required", Parameter if suits::is_optional_query =>
        Edit::Put("required", "true"),
        ParameterRequired / ParameterOptional;
    "parameter-optional", Parameter if suits::is_required_query =>
        Edit::Put("required", "false"),
        ParameterOptional / ParameterRequired;
    "parameter-retyped", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"integer"}"#),
        TypeChanged / TypeChanged;
    "path-parameter-retyped", Parameter if suits::is_string_path =>
        Edit::Put("schema", r#"{"type":"integer"}"#),
        TypeChanged / TypeChanged;
    "parameter-becomes-a-list", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"array","items":{"type":"string"}}"#),
        TypeChanged / TypeChanged;
    "parameter-becomes-an-enum", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"string","enum":["one","two"]}"#),
        TypeChanged / TypeChanged;
    "parameter-becomes-a-date-and-time", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"string","format":"date-time"}"#),
        TypeChanged / TypeChanged;
    "parameter-value-added", Parameter if suits::has_enum =>
        Edit::Other(operations::add_value_of_parameter),
        EnumValueAdded / EnumValueRemoved;
    "parameter-in-a-header", Parameter if suits::is_query =>
        Edit::Put("in", r#""header""#),
        ParameterMoved / ParameterMoved;
    "parameter-not-exploded", Parameter if suits::is_list_query =>
        Edit::Put("explode", "false"),
        ParameterStyleChanged / ParameterStyleChanged;
    "parameter-deprecated", Parameter if suits::is_query =>
        Edit::Put("deprecated", "true"),
        Deprecated / NotDeprecated;
    "parameter-default", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"string","default":"mutation"}"#),
        DefaultChanged / DefaultChanged;
    "parameter-bounded", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"string","maxLength":50}"#),
        ConstraintNarrowed / ConstraintWidened;
    "parameter-fixed", Parameter if suits::is_string_query =>
        Edit::Put("schema", r#"{"type":"string","enum":["one"]}"#),
        TypeChanged / TypeChanged;
    // Mutations of request bodies.
    "body-added", Operation if suits::has_no_body =>
        Edit::Put("requestBody", r#"{"content":{"application/json":{"schema":{"type":"object","properties":{"note":{"type":"string"}}}}}}"#),
        BodyAdded / BodyRemoved;
    "required-body-added", Operation if suits::has_no_body =>
        Edit::Put("requestBody", r#"{"required":true,"content":{"application/json":{"schema":{"type":"string"}}}}"#),
        BodyAdded / BodyRemoved;
    "body-removed", Body if any => Edit::Remove, BodyRemoved / BodyAdded;
    "body-required", Body if suits::is_not_required => Edit::Put("required", "true"), BodyRequired / BodyOptional;
    "body-optional", Body if suits::is_required => Edit::Put("required", "false"), BodyOptional / BodyRequired;
    "body-of-another-media-type", Body if suits::has_one_json =>
        Edit::Other(operations::encode_as_text),
        BodyContentChanged / BodyContentChanged;
    "body-of-text-added", Body if suits::has_one_json =>
        Edit::Other(operations::add_text_body),
        MediaTypeAdded / MediaTypeRemoved;
    "body-retyped", BodyContent if any =>
        Edit::Put("schema", r#"{"type":"array","items":{"type":"integer"}}"#),
        TypeChanged / TypeChanged;
    "part-removed", Part if any => Edit::Other(schemas::remove_property), PartRemoved / PartAdded;
    "part-retyped", Part if suits::is_plain_string =>
        Edit::Replace(r#"{"type":"integer"}"#),
        TypeChanged / TypeChanged;
    "part-of-another-media-type", Part if suits::is_plain_string =>
        Edit::Other(operations::encode_part_as_markdown),
        PartChanged / PartChanged;
    // Mutations of responses.
    "failure-added", Operation if any => Edit::Other(operations::add_failure), ResponseAdded / ResponseRemoved;
    "success-added", Operation if any => Edit::Other(operations::add_success), ResponseAdded / ResponseRemoved;
    "response-removed", Response if any => Edit::Remove, ResponseRemoved / ResponseAdded;
    "response-without-content", Response if suits::has_content =>
        Edit::Drop("content"),
        ResponseContentChanged / ResponseContentChanged;
    "response-retyped", ResponseContent if any =>
        Edit::Put("schema", r#"{"type":"array","items":{"type":"integer"}}"#),
        TypeChanged / TypeChanged;
    "response-as-csv-added", Response if suits::has_one_json =>
        Edit::Other(operations::add_csv),
        MediaTypeAdded / MediaTypeRemoved;
    "response-as-text", Response if suits::has_one_json =>
        Edit::Other(operations::encode_as_text),
        ResponseContentChanged / ResponseContentChanged;
    "response-as-events", Response if suits::has_one_json =>
        Edit::Put("content", r#"{"text/event-stream":{"schema":{"type":"string"}}}"#),
        StreamChanged / StreamChanged;
    "header-added", Response if any =>
        Edit::Other(operations::add_header),
        ResponseHeaderAdded / ResponseHeaderRemoved;
    "header-removed", Header if any => Edit::Remove, ResponseHeaderRemoved / ResponseHeaderAdded;
    "header-retyped", Header if suits::has_integer =>
        Edit::Put("schema", r#"{"type":"string"}"#),
        TypeChanged / TypeChanged;
    "header-of-another-status", Header if any =>
        Edit::Other(operations::repeat_header),
        ResponseHeaderChanged / ResponseHeaderChanged;
    // Mutations of schemas.
    "schema-added", Root if suits::has_schemas => Edit::Other(schemas::add_component), TypeAdded / TypeRemoved;
    "schema-removed", Component if any => Edit::Other(schemas::remove_component), TypeRemoved / TypeAdded;
    "schema-renamed", Component if any => Edit::Other(schemas::rename_component), TypeRenamed / TypeRenamed;
    "schema-extracted", Property if suits::has_properties => Edit::Other(schemas::extract), NameChanged / NameChanged;
    "schema-inlined", Property if suits::is_reference => Edit::Other(schemas::inline), TypeChanged / TypeChanged;
    "reference-dropped", Property if suits::is_reference =>
        Edit::Replace(r#"{"type":"string"}"#),
        AvailabilityChanged / TypeChanged;
    "reference-back-added", Property if suits::is_reference =>
        Edit::Other(schemas::refer_back),
        BoxChanged / BoxChanged;
    "property-added", Schema if suits::has_properties =>
        Edit::Other(schemas::add_property),
        PropertyAdded / PropertyRemoved;
    "required-property-added", Schema if suits::has_properties =>
        Edit::Other(schemas::add_required_property),
        PropertyAdded / PropertyRemoved;
    "property-removed", Property if any => Edit::Other(schemas::remove_property), PropertyRemoved / PropertyAdded;
    "property-required", Property if any => Edit::Other(schemas::require), PropertyRequired / PropertyOptional;
    "property-optional", Property if any => Edit::Other(schemas::make_optional), PropertyOptional / PropertyRequired;
    "property-nullable", Property if suits::is_not_nullable =>
        Edit::Other(schemas::let_be_null),
        Nullable / NotNullable;
    "property-retyped", Property if suits::is_plain_string =>
        Edit::Replace(r#"{"type":"integer"}"#),
        TypeChanged / TypeChanged;
    "property-becomes-a-list", Property if suits::is_plain_string =>
        Edit::Replace(r#"{"type":"array","items":{"type":"string"}}"#),
        TypeChanged / TypeChanged;
    "property-becomes-an-object", Property if suits::is_plain_string =>
        Edit::Replace(r#"{"type":"object","properties":{"name":{"type":"string"}}}"#),
        TypeChanged / TypeChanged;
    "property-becomes-a-union", Property if suits::is_plain_string =>
        Edit::Replace(r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#),
        TypeChanged / TypeChanged;
    "property-becomes-an-enum", Property if suits::is_plain_string =>
        Edit::Replace(r#"{"type":"string","enum":["one","two"]}"#),
        TypeChanged / TypeChanged;
    "property-becomes-a-date-and-time", Property if suits::is_plain_string =>
        Edit::Put("format", r#""date-time""#),
        TypeChanged / TypeChanged;
    "property-of-32-bits", Property if suits::is_plain_integer =>
        Edit::Put("format", r#""int32""#),
        TypeChanged / TypeChanged;
    "property-fixed", Property if suits::is_plain_string => Edit::Put("enum", r#"["one"]"#), TypeChanged / TypeChanged;
    "property-default", Property if suits::is_plain_string =>
        Edit::Put("default", r#""mutation""#),
        DefaultChanged / DefaultChanged;
    "property-deprecated", Property if suits::is_typed => Edit::Put("deprecated", "true"), Deprecated / NotDeprecated;
    "property-read-only", Property if suits::is_typed =>
        Edit::Put("readOnly", "true"),
        DirectionChanged / DirectionChanged;
    "property-bounded", Property if suits::is_plain_string =>
        Edit::Put("maxLength", "50"),
        ConstraintNarrowed / ConstraintWidened;
    "property-with-a-pattern", Property if suits::is_plain_string =>
        Edit::Put("pattern", r#""^[a-z]+$""#),
        ConstraintNarrowed / ConstraintWidened;
    "pattern-changed", Schema if suits::has_pattern =>
        Edit::Put("pattern", r#""^mutation""#),
        ConstraintChanged / ConstraintChanged;
    "constant-changed", Property if suits::is_constant =>
        Edit::Put("enum", r#"["mutation"]"#),
        ConstantChanged / ConstantChanged;
    "property-of-numbers-added", Schema if suits::has_properties =>
        Edit::Other(schemas::add_number),
        PropertyAdded / PropertyRemoved;
    "property-with-a-minimum", Property if suits::is_plain_integer =>
        Edit::Put("minimum", "-5"),
        ConstraintNarrowed / ConstraintWidened;
    "list-bounded", Property if suits::is_list => Edit::Put("maxItems", "12"), ConstraintNarrowed / ConstraintWidened;
    "list-retyped", Property if suits::is_list =>
        Edit::Put("items", r#"{"type":"boolean"}"#),
        TypeChanged / TypeChanged;
    "value-added", Schema if suits::is_string_enum =>
        Edit::Push("enum", r#""addedByMutation""#),
        EnumValueAdded / EnumValueRemoved;
    "value-removed", Schema if suits::has_several_values => Edit::Pop("enum"), EnumValueRemoved / EnumValueAdded;
    "enum-freed", Schema if suits::is_string_enum => Edit::Drop("enum"), TypeChanged / TypeChanged;
    "enum-opened", Property if suits::is_string_enum =>
        Edit::Other(schemas::open_enum),
        EnumOpennessChanged / EnumOpennessChanged;
    "object-closed", Schema if suits::is_open_object =>
        Edit::Put("additionalProperties", "false"),
        AdditionalPropertiesChanged / AdditionalPropertiesChanged;
    "object-of-strings", Schema if suits::is_open_object =>
        Edit::Put("additionalProperties", r#"{"type":"string"}"#),
        AdditionalPropertiesChanged / AdditionalPropertiesChanged;
    "object-of-two-properties", Schema if suits::is_open_object =>
        Edit::Put("minProperties", "1"),
        ConstraintNarrowed / ConstraintWidened;
    "map-retyped", Schema if suits::is_map =>
        Edit::Put("additionalProperties", r#"{"type":"boolean"}"#),
        TypeChanged / TypeChanged;
    "one-of-extended", Schema if suits::is_one_of =>
        Edit::Push("oneOf", r#"{"type":"boolean"}"#),
        VariantAdded / VariantRemoved;
    "one-of-reduced", Schema if suits::is_one_of => Edit::Pop("oneOf"), VariantRemoved / VariantAdded;
    "any-of-extended", Schema if suits::is_any_of =>
        Edit::Push("anyOf", r#"{"type":"boolean"}"#),
        VariantAdded / ConversionRemoved;
    "all-of-extended", Schema if suits::is_all_of =>
        Edit::Push("allOf", r#"{"type":"object","properties":{"addedByMutation":{"type":"string"}}}"#),
        PropertyAdded / PropertyRemoved;
    "discriminator-removed", Schema if suits::has_discriminator =>
        Edit::Drop("discriminator"),
        DiscriminatorChanged / DiscriminatorChanged;
    // Mutations of what the whole document has.
    "server-added", Root if any =>
        Edit::Push("servers", r#"{"url":"https://added-by-mutation.example"}"#),
        ServerAdded / ServerRemoved;
    "server-moved", Root if suits::has_servers => Edit::Other(operations::move_server), ServerChanged / ServerChanged;
    "webhook-of-another-media-type", Root if suits::has_webhooks =>
        Edit::Other(operations::send_webhooks_as_text),
        WebhookChanged / WebhookChanged;
    "scheme-of-passwords", SecurityScheme if suits::is_no_password =>
        Edit::Replace(r#"{"type":"http","scheme":"basic"}"#),
        SecuritySchemeChanged / SecuritySchemeChanged;
}
