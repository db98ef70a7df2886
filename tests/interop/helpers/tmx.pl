#!/usr/bin/perl
# Perl's XML::TMX: perl tmx.pl FILE
# Prints the units as JSON, [id, source, target] each, from English to French.
use strict;
use warnings;
use JSON::PP;
use XML::TMX::Reader;

my $reader = XML::TMX::Reader->new($ARGV[0]) or die "cannot read $ARGV[0]\n";
my @rows;
$reader->for_tu(sub {
    my ($unit) = @_;
    my %text = map { lc $_ => $unit->{$_}{-seg} } grep { ref $unit->{$_} eq 'HASH' && exists $unit->{$_}{-seg} } keys %$unit;
    push @rows, [undef, $text{en}, $text{fr}];
});
print JSON::PP->new->utf8->encode(\@rows);
