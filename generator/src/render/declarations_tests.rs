//! How declarations are laid out.

use syn::{Item, parse_quote};

use super::declarations::declaration;

#[test]
fn each_field_is_a_line_under_its_documentation() {
    let mut item: Item = parse_quote! {
        codegen::object! {
            /// An item.
            ///
            /// Of a list.
            #[derive(Debug, Clone)]
            pub struct Item: ITEM[Keyword::OBJECT] {
                /// The name.
                pub name: Required<Option<Box<crate::a::Name>>> = into("the name", &NAME),
                #[deprecated(note = "use `name`")]
                pub r#type: Option<u64> = value("type", &Schema(&[Keyword::Type(Types::INTEGER.or(Types::NULL)), Keyword::Minimum("-1"), Keyword::Contains { schema: &A, max: None }])),
                pub one: Option<Vec<String>> = value("one", &Schema(&[Keyword::Reference(&A_STATIC_WITH_QUITE_A_LONG_NAME_OF_THE_SCHEMA)])),
                ..unknown_fields, value if not an object
            }
            200 | 201..=204 => json -> S<'static>,
            [-1, 2];
        }
    };
    let expected = r#"codegen::object! {
    /// An item.
    ///
    /// Of a list.
    #[derive(Debug, Clone)]
    pub struct Item: ITEM[Keyword::OBJECT] {
        /// The name.
        pub name: Required<Option<Box<crate::a::Name>>> = into("the name", &NAME),
        #[deprecated(note = "use `name`")]
        pub r#type: Option<u64> = value(
            "type",
            &Schema(&[
                Keyword::Type(Types::INTEGER.or(Types::NULL)),
                Keyword::Minimum("-1"),
                Keyword::Contains { schema: &A, max: None },
            ]),
        ),
        pub one: Option<Vec<String>> = value(
            "one",
            &Schema(&[Keyword::Reference(&A_STATIC_WITH_QUITE_A_LONG_NAME_OF_THE_SCHEMA)]),
        ),
        ..unknown_fields,
        value if not an object
    }
    200 | 201..=204 => json -> S<'static>,
    [-1, 2];
}
"#;
    let text = declaration(&mut item).unwrap();
    assert_eq!(text, expected, "{text}");
}

#[test]
fn an_operation_reads_as_a_function_and_what_it_sends() {
    let mut item: Item = parse_quote! {
        codegen::request! {
            pub fn get_data_table(application_id: impl Into<ids::ApplicationId>, rows: Map<String, Vec<String>>) -> Get {
                application_id: Required<ids::ApplicationId> = into path("applicationId", &ids::APPLICATION_ID),
                rows: Option<Map<String, Json>> = value query("rows", &Schema::STRING).style(Style::Form, false),
            }
            GET "/a/{b}" as "get";
            GET "/v1/anti-affinity-groups/{anti_affinity_group}/members/instance/{instance}" as "group_member_view";
            -> Result<Map<String, Json>, GetError> = json(200 | 201..=204).only("a/b", &[]) text(206);
        }
    };
    let expected = r#"codegen::request! {
    pub fn get_data_table(
        application_id: impl Into<ids::ApplicationId>,
        rows: Map<String, Vec<String>>,
    ) -> Get {
        application_id: Required<ids::ApplicationId> =
            into path("applicationId", &ids::APPLICATION_ID),
        rows: Option<Map<String, Json>> =
            value query("rows", &Schema::STRING).style(Style::Form, false),
    }
    GET "/a/{b}" as "get";
    GET "/v1/anti-affinity-groups/{anti_affinity_group}/members/instance/{instance}"
        as "group_member_view";
    -> Result<Map<String, Json>, GetError> = json(200 | 201..=204).only("a/b", &[]) text(206);
}
"#;
    let text = declaration(&mut item).unwrap();
    assert_eq!(text, expected, "{text}");
}

#[test]
fn long_names_stand_in_lines_of_their_own() {
    let mut item: Item = parse_quote! {
        codegen::request! {
            pub fn list_subscriptions_for_authenticated_user_stubbed() -> ListSubscriptionsForAuthenticatedUserStubbed {}
            -> Result<GetCustomersCustomerCashBalanceTransactionsOk, GetCustomersCustomerCashBalanceTransactionsError> = json(200);
            -> Result<GetCustomersCustomerCashBalanceTransactionsOk, GetCustomersCustomerCashBalanceTransactionsError>;
            pub required_status_checks_of_the_branch: Required<Option<UpdateReposBranchProtectionRequiredStatusChecks>> => value("a"),
            pub struct PostSubscriptionSchedulesPhase(new: PostSubscriptionSchedulesPhaseRequired): POST_SCHEDULES[Keyword::OBJECT] {
                ServiceNotAsDescribed(Box<PostIssuingDisputesDisputeServiceNotDescribedValue>) from(PostIssuingDisputesDisputeServiceNotDescribedValue) = object,
                pub bank_account_ownership_verification: Option<PostAccountsBankAccountOwnershipVerificationValue> = into("bank_account", &BANK_ACCOUNT),
            }
        }
    };
    let expected = "codegen::request! {
    pub fn list_subscriptions_for_authenticated_user_stubbed()
    -> ListSubscriptionsForAuthenticatedUserStubbed {
    }
    -> Result<
        GetCustomersCustomerCashBalanceTransactionsOk,
        GetCustomersCustomerCashBalanceTransactionsError,
    > = json(200);
    -> Result<
        GetCustomersCustomerCashBalanceTransactionsOk,
        GetCustomersCustomerCashBalanceTransactionsError,
    >;
    pub required_status_checks_of_the_branch: Required<
        Option<UpdateReposBranchProtectionRequiredStatusChecks>,
    > => value(\"a\"),
    pub struct PostSubscriptionSchedulesPhase(new: PostSubscriptionSchedulesPhaseRequired):
        POST_SCHEDULES[Keyword::OBJECT]
    {
        ServiceNotAsDescribed(Box<PostIssuingDisputesDisputeServiceNotDescribedValue>)
            from(PostIssuingDisputesDisputeServiceNotDescribedValue) = object,
        pub bank_account_ownership_verification: Option<
            PostAccountsBankAccountOwnershipVerificationValue,
        > = into(\"bank_account\", &BANK_ACCOUNT),
    }
}
";
    let text = declaration(&mut item).unwrap();
    assert_eq!(text, expected, "{text}");
}
