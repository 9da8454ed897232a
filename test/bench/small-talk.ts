/** What people say all day that no picture shows. Written for Kinora. */
export const smallTalk: readonly string[] = `
I don't know what you mean; You never told me that; Well, it was your idea, wasn't it?; I thought we had agreed on this
Why would anybody say such a thing?; It doesn't matter any more; Are you sure about that?; I have been thinking about it for weeks
That is not what I asked; Maybe you are right after all; Let us not talk about it now; I will let you know tomorrow
How long have you known?; You should have told me; It is none of your business; I can't believe you did that
Honestly, I have no idea; We will see about that; What happened then?; It is much too late for that; Nobody asked for my opinion
I only wanted to help; Don't worry about it; That is easy for you to say; You promised; Thank you so much, really
I am sorry, I didn't mean it; Whatever you say; Is that all you have to say?; It has been a long time; I missed you too
They will never believe us; Give me one good reason; I would rather not; You haven't changed at all; That makes no sense
Tell me the truth for once; I used to think so as well; Forget it, it was nothing; Of course I remember; Who told you?
It could have been worse; There must be another way; I wish I knew; Please stay a little longer; We have to decide now
You can trust me; Nothing will ever be the same; I was afraid you would ask; That was years ago; Everything will be fine`
  .split(/[;\n]/)
  .map((line) => line.trim())
  .filter((line) => line !== '')
