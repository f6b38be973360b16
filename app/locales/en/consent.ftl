# The question whether an application may act as the person.

consent-title = Allow { $app }?
consent-question = { $app } wants to access { $operator } as you
consent-switch = Use another account
consent-able = { $app } will be able to do this until you remove it:
consent-able-away = { $app } will be able to do this, also while you are away, until you remove it:
consent-asks-nothing = { $app } asks for no rights beyond knowing who you are.
consent-more = New this time: { $app } will also be able to do this until you remove it:
consent-more-away = New this time: { $app } will also be able to do this, even while you are away, until you remove it:
consent-known = You already allow
consent-choose = You can choose
consent-own-words = In its own words: “{ $description }”
consent-to-site = You will be sent to { $site }.
consent-to-device = You will be sent to an app on this device.
consent-public = This application runs on the device of whoever uses it. Allow it only if you have just started it yourself.
consent-young = This application was registered less than 7 days ago.
consent-unreviewed = { $operator } has not reviewed this application.
consent-about = About this application
consent-registered-by = Registered by
consent-registered-on = Registered on
consent-not-reviewed = Not reviewed
consent-remove = You can remove this access at any time in { tokens-and-sessions }.
consent-deny = Deny
consent-allow = Allow

# What a right is like: after its sentence, in lists of rights.
right-without-sentence = No description was given
right-reads = Only reads
right-changes = Can make changes
right-away = Works when you are away
right-new = New
right-refused = Your account may not give this right.

# The scopes that exist from the start, while the operator has no words of their own for them. The English ones stand in the database too.
right-openid = Know who you are
right-profile = See your name and picture
right-email = See your e-mail address
right-address = See your postal address
right-phone = See your telephone number
right-offline-access = Keep its access while you are away
right-introspect = Check whether tokens are valid

# After the answer, where an app on the device takes over.
consent-answered = You can close this window
consent-answered-text = { $app } has your answer. If it did not open by itself, open it here.
consent-open = Open { $app }
