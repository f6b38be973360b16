use super::samples::consent;

#[test]
fn the_way_to_another_account_keeps_the_whole_request() {
    let html = consent();
    assert!(html.contains("<form method=\"get\" action=\"/login\">"), "{html}");
    assert!(html.contains("name=\"return_to\" value=\"/oauth2/authorize?a=1&amp;b=2\""), "{html}");
}

#[test]
fn consent_offers_both_answers_and_the_optional_scope() {
    let html = consent();
    for part in
        ["name=\"decision\" value=\"deny\"", "name=\"decision\" value=\"allow\"", "name=\"request\" value=\"s3aled\""]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches("name=\"optional_scope\"").count(), 1);
    assert!(html.contains("read (no description was given)"), "{html}");
}
