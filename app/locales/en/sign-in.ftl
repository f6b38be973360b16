# Signing in, and the first administrator.

username = Username
password = Password
username-hint = Letters, digits and . _ - @ +
password-hint = At least 8 characters. Four random words are better than one strange one.

sign-in = Sign in
sign-in-confirm = Confirm it is you
sign-in-to-continue = to continue to { $client }
sign-in-wrong = Enter a correct username and password
sign-in-locked = This account is locked. Contact { $support }.
sign-in-locked-operator = This account is locked. Contact the person who runs { $operator }.
sign-in-throttled = Too many attempts. Try again after { $clock }.
sign-in-capped = Too many failed attempts in a row. Use a browser in which you signed in to this account before, or ask the person who runs this service for a new password.
sign-in-busy = Many people are signing in at this moment. Wait a few seconds and try again.
sign-in-expired = This page was open too long. Sign in again.
sign-in-signed-out = You are signed out.
sign-in-ended = You were signed out. Sign in again to go on.
sign-in-deleted = Your account was deleted.

already-title = You are signed in
already-heading = You are signed in as { $user }
already-continue = Continue
already-switch = Use another account

sign-out-question = Sign out of { $operator }?
sign-out-asked = { $app } sent you here to sign out.
sign-out-means = You then sign in again to use applications that know you through this account.
sign-out-stay = Stay signed in
signed-out = You are signed out
signed-out-text = On a shared computer, close the browser as well.

forgot-password = Forgot your password?
forgot-ask-support = Ask { $support } for a new password.
forgot-ask-operator = Ask the person who runs { $operator } for a new password.
forgot-why = We cannot send you one: no mail is sent from here. Once you are signed in again, choose a new password of your own on your account page.
forgot-back = Back to sign-in

setup = Set up
setup-heading = Set up { $operator }
setup-lead = Make the first account. It has full access and administers this server.
setup-create = Create administrator
