//! The plans as lists of modules, each with the test that does what the module does.

/// Makes a test of each line, and one more: that the table of `docs/conformance.md` has them all.
macro_rules! plan {
    ($mode:expr; $($module:literal $file:ident::$test:ident,)+) => {
        $(
            #[doc = $module]
            #[tokio::test]
            async fn $test() {
                let suite = $crate::conformance::suite::Suite::begin($mode).await;
                $crate::conformance::modules::$file::$test(suite).await;
            }
        )+

        #[test]
        fn the_table_of_the_manual_has_every_module_and_its_test() {
            $crate::conformance::plan::assert_listed(&[$(($module, stringify!($test))),+]);
        }
    };
}

/// The 38 modules of the Basic plan, in its order.
macro_rules! basic_plan {
    ($mode:expr) => {
        plan! { $mode;
            "oidcc-server" flows::a_code_buys_an_id_token_and_access_to_userinfo,
            "oidcc-response-type-missing" refusals::a_request_without_a_response_type_is_refused_at_the_client,
            "oidcc-idtoken-signature" flows::a_client_that_chose_no_algorithm_gets_rs256_with_a_kid,
            "oidcc-idtoken-unsigned" flows::no_id_token_is_ever_unsigned,
            "oidcc-userinfo-get" userinfo::the_token_in_the_header_of_a_get_is_taken,
            "oidcc-userinfo-post-header" userinfo::the_token_in_the_header_of_a_post_is_taken,
            "oidcc-userinfo-post-body" userinfo::the_token_in_the_body_of_a_post_is_taken,
            "oidcc-ensure-request-without-nonce-succeeds-for-code-flow" flows::a_request_without_a_nonce_succeeds,
            "oidcc-scope-profile" userinfo::the_scope_profile_tells_all_of_its_claims,
            "oidcc-scope-email" userinfo::the_scope_email_tells_all_of_its_claims,
            "oidcc-scope-address" userinfo::the_scope_address_tells_all_of_its_claims,
            "oidcc-scope-phone" userinfo::the_scope_phone_tells_all_of_its_claims,
            "oidcc-scope-all" userinfo::all_scopes_together_tell_all_twenty_claims,
            "oidcc-alternate-happy-flow" flows::neither_scopes_nor_parameters_have_an_order,
            "oidcc-display-page" request_parameters::display_page_is_followed,
            "oidcc-display-popup" request_parameters::display_popup_is_followed,
            "oidcc-prompt-login" sign_in::prompt_login_asks_for_the_password_a_second_time,
            "oidcc-prompt-none-not-logged-in" sign_in::prompt_none_without_a_session_is_an_error_at_the_client,
            "oidcc-prompt-none-logged-in" sign_in::prompt_none_within_a_session_shows_no_page,
            "oidcc-max-age-1" sign_in::an_old_sign_in_is_renewed_and_the_new_one_told,
            "oidcc-max-age-10000" sign_in::a_sign_in_that_is_young_enough_is_kept_and_told_exactly,
            "oidcc-ensure-request-with-unknown-parameter-succeeds" flows::an_unknown_parameter_is_ignored,
            "oidcc-id-token-hint" sign_in::the_person_of_an_id_token_hint_is_let_through_silently,
            "oidcc-login-hint" sign_in::the_login_hint_stands_in_the_form_and_changes_nothing_else,
            "oidcc-ui-locales" request_parameters::the_pages_speak_the_first_of_the_ui_locales_that_they_know,
            "oidcc-claims-locales" request_parameters::claims_locales_are_no_error,
            "oidcc-ensure-request-with-acr-values-succeeds" request_parameters::the_acr_that_was_asked_for_is_the_one_in_the_id_token,
            "oidcc-codereuse" codes::a_code_is_refused_the_second_time,
            "oidcc-codereuse-30seconds" codes::half_a_minute_later_the_second_time_also_ends_the_access_token,
            "oidcc-ensure-registered-redirect-uri" refusals::an_unregistered_redirect_uri_is_an_error_page,
            "oidcc-ensure-post-request-succeeds" flows::the_request_may_be_posted,
            "oidcc-server-client-secret-post" flows::the_secret_may_stand_in_the_body,
            "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported"
                refusals::an_unsigned_request_uri_is_refused_by_name,
            "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported"
                refusals::an_unsigned_request_object_is_refused_by_name,
            "oidcc-claims-essential" userinfo::an_essential_claim_is_told_by_userinfo_alone,
            "oidcc-ensure-request-object-with-redirect-uri"
                refusals::a_redirect_uri_outside_the_request_object_is_not_passed_over,
            "oidcc-refresh-token" codes::a_refresh_token_is_good_for_its_own_client_alone,
            "oidcc-ensure-request-with-valid-pkce-succeeds" flows::a_client_without_the_duty_may_use_pkce,
        }
    };
}

/// The modules of the plans for logout: RP-Initiated (11), then Back-Channel (2).
macro_rules! logout_plan {
    ($mode:expr) => {
        plan! { $mode;
            "oidcc-rp-initiated-logout-discovery-endpoint-verification" logout::discovery_lists_where_to_sign_out,
            "oidcc-rp-initiated-logout" logout::whoever_signs_out_comes_back_with_the_state_and_is_signed_out,
            "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri" logout::an_unregistered_address_is_an_error_page,
            "oidcc-rp-initiated-logout-modified-id-token-hint" logout::an_id_token_without_its_signature_is_an_error_page,
            "oidcc-rp-initiated-logout-no-id-token-hint" logout::an_address_without_an_id_token_is_an_error_page,
            "oidcc-rp-initiated-logout-no-params" logout::without_parameters_the_person_is_asked_and_signed_out,
            "oidcc-rp-initiated-logout-no-post-logout-redirect-uri" logout::without_an_address_our_own_page_says_so,
            "oidcc-rp-initiated-logout-no-state" logout::without_a_state_none_comes_back,
            "oidcc-rp-initiated-logout-only-state" logout::with_a_state_alone_our_own_page_says_so,
            "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri"
                logout::an_address_with_a_query_added_is_an_error_page,
            "oidcc-rp-initiated-logout-bad-id-token-hint" logout::an_id_token_that_we_did_not_sign_is_an_error_page,
            "oidcc-backchannel-logout-discovery-endpoint-verification" logout::discovery_lists_the_back_channel,
            "oidcc-backchannel-rp-initiated-logout" logout::the_client_is_told_on_the_back_channel_who_left,
        }
    };
}

/// Fails for the first module that has no line in the table, or another test in it.
pub fn assert_listed(modules: &[(&str, &str)]) {
    let manual = include_str!("../../../../docs/conformance.md");
    for (module, test) in modules {
        let mut lines = manual.lines().filter(|line| line.starts_with(&format!("| `{module}` |")));
        assert!(lines.any(|line| line.contains(&format!("`{test}`"))), "{module}: {test}");
    }
}
