"""A debate without a file: build it, look at it, and draw it to phones.svg.

Run:  python examples/build_a_debate.py
"""

import argmap

b = argmap.Builder(title="Should phones be banned at school?")
ana = b.speaker("Ana Keller", role="teacher")
tom = b.speaker("Tom Brandt", role="parent")

ban = b.claim("School should ban phones.", by=ana)
focus = b.support(
    ban,
    [b.claim("Phones break concentration."), b.claim("Concentration is what lessons need.")],
    by=ana,
)
b.rebut(ban, b.claim("A ban cannot be enforced.", by=tom))
b.undercut(focus, b.claim("The studies looked at adults.", by=tom, voice="hedged"))

m = b.map()
print(m.outline())
m.render("phones.svg")
