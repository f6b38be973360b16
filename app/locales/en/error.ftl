# What went wrong: the pages of errors, and the page behind error_uri.

error-start = Go to the start page
error-details = Details for the developer
error-error = Error
error-request-id = Request ID
error-time = Time
error-copy = Copy details
error-copied = Details copied
error-how-to-fix = How to fix this
error-owner = Signed in as its owner?
error-open = Open { $name }

# Links of applications that lead nowhere.
error-unknown-client = We do not know this application
error-unknown-client-text = It is not registered here, or no longer. We stopped, and nothing was shared. Go back, and tell the people who run the application.
error-unknown-client-why = client_id is not known here
error-link = This sign-in link is not set up correctly
error-link-text = { $name } sent you here with a request that we cannot follow, so we stopped. Nothing was shared. Tell the people who run it.
error-link-text-nameless = The application sent you here with a request that we cannot follow, so we stopped. Nothing was shared. Tell the people who run it.
error-not-registered-text = { $name } asked us to send you to an address it has not registered, so we stopped. Nothing was shared. Tell the people who run it.
error-not-registered-why = redirect_uri is not registered; it must match a registered one character by character
error-incomplete = This sign-in link is incomplete
error-client-missing-why = client_id is missing
error-client-repeated-why = client_id was sent more than once
error-callback-missing-why = redirect_uri is missing, and the application has registered none or several, or asks for openid
error-callback-repeated-why = redirect_uri was sent more than once
error-callback-invalid-why = the registered redirect_uri is not one that we may send anyone to
error-ended = This request has expired or was already used
error-ended-text = You signed in again, or as somebody else, since this page was made. Nothing was shared. Go back to the application and start once more.
error-ended-why = the sealed request belongs to another session

error-sign-out = We could not sign you out
error-sign-out-text = An application sent you here to sign out, but something in its request is wrong, so we did nothing. If you are signed in, you still are. Tell the people who run the application.
error-sign-out-hint-why = id_token_hint is not an ID token that this server issued
error-sign-out-client-why = client_id is not known here, or the id_token_hint was issued to another client
error-sign-out-redirect-why = post_logout_redirect_uri must match a registered one character by character, and needs an id_token_hint

# Forms.
error-foreign-form = This form did not come from here
error-foreign-form-text = The form was sent from another site, so we did nothing. Open the page here and try again.
error-foreign-form-why = Origin or Sec-Fetch-Site names another site
error-old-form = This page was open too long
error-old-form-text = This page was open too long, so we did nothing. Go back, load it again and try once more.
error-old-form-why = the form’s csrf token is missing or old
error-origin = This server is set up for another address
error-origin-text = You opened this server at { $came }, but it is set up for { $set }. Open it there and try once more. If that is not the address that you know, tell whoever runs this server.
error-origin-why = JETON_PUBLIC_URL is { $set }, and the browser sent this form from { $came }: set it to the address at which browsers reach this server
error-unreadable = We could not read this request
error-unreadable-text = Nothing was changed. Go back and try again.
error-as-told = { $text }

# Everything else.
error-setup-used = This setup link has been used
error-setup-used-text = It made the first administrator of this server. If that was you, sign in. If it was not, tell the operator of this server.
error-setup-used-why = setup link used
error-not-found = Page not found
error-not-found-text = There is nothing at this address, or it belongs to somebody else.
error-not-found-why = not found
error-method = This page cannot be opened like this
error-method-text = It only takes what a form sends. Nothing was changed. Go to the start page, and find the form there.
error-method-why = method not allowed
error-throttled = Too many attempts
error-throttled-text = There were too many failed attempts. Try again after { $clock }.
error-throttled-why = throttled
error-busy = We cannot do this right now
error-busy-text = Nothing was changed. Wait a moment and try again.
error-busy-why = temporarily unavailable
error-changed = This was changed in the meantime
error-changed-why = conflict
error-wrong = This request is not right
error-sign-in-text = Sign in and try again.
error-internal = Something went wrong here
error-internal-text = It is our fault. Nothing you typed is to blame; the fault is logged under the request ID below.
error-internal-why = internal error

# The page behind error_uri.
problem-title = Why this request was refused
problem-for-owner = Is this application yours? Sign in and open this page again: it then says what exactly was wrong.
problem-lead = A request in the name of { $name } was refused. Only you and the administrators see what was wrong with it.
problem-redirect-uris = Redirect URLs
problem-times = Seen
problem-first = First
problem-last = Last
kind-invalid-request = A parameter of the request is missing, repeated, malformed or not allowed.
kind-invalid-client = The application could not prove who it is.
kind-invalid-grant = The code, token or password is not valid, has expired, was used before, or belongs to another application.
kind-unauthorized-client = The application may not use this way of asking for a token.
kind-unsupported-grant-type = This server does not offer this way of asking for a token.
kind-unsupported-response-type = This server does not offer this kind of answer.
kind-invalid-scope = What the application asked to do is unknown, malformed or more than it may ask for.
kind-access-denied = The person, or the server on their behalf, said no.
kind-login-required = The person is not signed in, and the application asked not to show a page.
kind-consent-required = The person has not allowed this yet, and the application asked not to show a page.
kind-account-selection-required = The person would have to choose an account, and the application asked not to show a page.
kind-interaction-required = A page would have to be shown, and the application asked not to show one.
kind-request-not-supported = This server does not support the request parameter.
kind-request-uri-not-supported = This server does not support the request_uri parameter.
kind-invalid-token = The access token is unknown, has expired or was revoked.
kind-invalid-request-object = The signed request is not valid, or not this application's.
kind-invalid-request-uri = The stored request is unknown, has expired, was used before, or belongs to another application.
kind-invalid-target = The resource is malformed, unknown, or not one that this is for.
kind-invalid-dpop-proof = The proof that the application holds its key is not valid.
kind-use-dpop-nonce = The proof that the application holds its key must carry the nonce that this server sent.
kind-unmet-authentication-requirements = The person cannot sign in by the means that the application requires.
kind-server-error = The server failed.
kind-temporarily-unavailable = The server could not answer at that moment.

error-other-person = You are now signed in as { $user }
error-other-person-text = The page that you sent was made for another account, so we did nothing. Go on as { $user }, or use the other account and try again.
error-other-person-why = The form token names another person than the session
