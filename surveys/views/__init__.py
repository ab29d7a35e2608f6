"""The pages of a lesson: the pupil's, the teacher's and the data team's."""
