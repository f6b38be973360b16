//! i18n of failed requests: what was wrong, what was sent, what was expected, in the reader's
//! language.

use crate::api::Translator;
use oauth::Message;
use oauth::answer::{Piece, ProblemLine};
use oauth::form::visible;
use oauth::problem::Fault;
use oauth::redirect_uri;
use oauth::view::ProblemView;

/// The longest excerpt of a received value, in characters.
const MOST_SHOWN: usize = 512;

impl Translator {
    /// A problem: what was wrong, and the received value beside the expected one. Two addresses are
    /// marked where they differ; an expired code or token shows its age and lifetime.
    pub(crate) fn problem(&self, problem: ProblemView) -> ProblemLine {
        let (what, times, notes) = (self.what(&problem), self.times(problem.times), self.notes(&problem));
        let at = problem.difference.as_ref().map(|difference| difference.at);
        let ProblemView { id, finding, difference, last_at, may_add, .. } = problem;
        let expected = finding.expected.filter(|_| difference.is_none());
        let compared = if finding.fault == Fault::NotRegistered { "problems-registered" } else { "problems-expected" };
        let facts = [
            self.fact("problems-received", finding.sent, at),
            self.fact(compared, difference.map(|found| found.nearest), at),
            self.fact("problems-expected", expected, None),
        ];
        ProblemLine { id, what, times, last_at, facts: facts.into_iter().flatten().collect(), notes, may_add }
    }

    /// What was wrong, as a message.
    fn what(&self, problem: &ProblemView) -> Vec<Piece> {
        let parameter = Piece::Code(visible(&problem.finding.parameter));
        self.pieces(key(problem.finding.fault), [("parameter", parameter)])
    }

    /// "3 times"
    pub(crate) fn times(&self, count: i64) -> String {
        self.0.translate_message(&Message::new("problems-times").with("count", count))
    }

    /// Notes: the position of the first different character, the age, and how to fix it.
    fn notes(&self, problem: &ProblemView) -> Vec<String> {
        let finding = &problem.finding;
        let sent = finding.sent.as_deref().map(shown);
        let place = sent.zip(problem.difference.as_ref()).map(|(sent, difference)| {
            let key = if sent.chars().count() <= difference.at { "problems-ends" } else { "problems-differs" };
            let number = i64::try_from(difference.at + 1).unwrap_or(i64::MAX);
            Message::new(key).with("place", number)
        });
        let age = finding.age.zip(finding.lifetime);
        let age = age.map(|(age, may)| Message::new("problems-age").with("age", age).with("lifetime", may));
        let typed = is_to_be_typed(problem).then(|| Message::new("problems-type"));
        [place, age, typed].into_iter().flatten().map(|message| self.0.translate_message(&message)).collect()
    }

    fn fact(&self, label: &'static str, text: Option<String>, at: Option<usize>) -> Option<(String, Vec<Piece>)> {
        Some((self.0.translate(label), marked(&shown(&text?), at)))
    }
}

/// Whether the refused redirect URI can be registered, though not by the button: its host is not
/// one that the application has registered, so the owner has to type it.
fn is_to_be_typed(problem: &ProblemView) -> bool {
    let finding = &problem.finding;
    let registered = problem.difference.as_ref().is_some_and(|found| finding.sent.as_ref() == Some(&found.nearest));
    let good = finding.sent.as_deref().is_some_and(|sent| redirect_uri::check(sent).is_ok());
    finding.fault == Fault::NotRegistered && good && !registered && !problem.may_add
}

/// The text with the character at this index marked.
fn marked(text: &str, at: Option<usize>) -> Vec<Piece> {
    let plain = |text: &str| Piece::Text(text.to_owned());
    let Some((start, found)) = at.and_then(|at| text.char_indices().nth(at)) else { return vec![plain(text)] };
    let (before, rest) = text.split_at(start);
    let (mark, after) = rest.split_at(found.len_utf8());
    // Leptos renders an empty text as a space, which would be copied.
    let pieces = [plain(before), Piece::Mark(mark.to_owned()), plain(after)];
    pieces.into_iter().filter(|piece| !matches!(piece, Piece::Text(text) if text.is_empty())).collect()
}

/// An untrusted text without invisible characters, cut. Visible characters are never removed, so
/// indices hold for ASCII, which every redirect URI that can be registered is.
fn shown(text: &str) -> String {
    visible(text).chars().take(MOST_SHOWN).collect()
}

/// The message key of a fault.
const fn key(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing => "fault-missing",
        Fault::Repeated => "fault-repeated",
        Fault::TooLong => "fault-too-long",
        Fault::TooMany => "fault-too-many",
        Fault::Malformed => "fault-malformed",
        Fault::UnknownValue => "fault-unknown-value",
        Fault::Unsupported => "fault-unsupported",
        Fault::NotAlone => "fault-not-alone",
        Fault::NotRegistered => "fault-not-registered",
        Fault::Unusable => "fault-unusable",
        Fault::Differs => "fault-differs",
        Fault::PkceMissing => "fault-pkce-missing",
        Fault::PkceMethod => "fault-pkce-method",
        Fault::VerifierUnasked => "fault-verifier-unasked",
        Fault::VerifierWrong => "fault-verifier-wrong",
        Fault::ScopeUnknown => "fault-scope-unknown",
        Fault::ScopeNotAllowed => "fault-scope-not-allowed",
        Fault::ScopeWider => "fault-scope-wider",
        Fault::ScopeNotGrantable => "fault-scope-not-grantable",
        Fault::GrantNotAllowed => "fault-grant-not-allowed",
        Fault::GrantOff => "fault-grant-off",
        Fault::FirstPartyOnly => "fault-first-party",
        Fault::NeedsSecret => "fault-needs-secret",
        Fault::Unknown => "fault-unknown",
        Fault::Expired => "fault-expired",
        Fault::Spent => "fault-spent",
        Fault::Revoked => "fault-revoked",
        Fault::OtherClient => "fault-other-client",
        Fault::Disabled => "fault-disabled",
        Fault::SecretMissing => "fault-secret-missing",
        Fault::SecretWrong => "fault-secret-wrong",
        Fault::SecretUnexpected => "fault-secret-unexpected",
        Fault::TwoMethods => "fault-two-methods",
        Fault::TwoClients => "fault-two-clients",
        Fault::MethodWrong => "fault-method-wrong",
        Fault::NotVerified => "fault-not-verified",
    }
}
